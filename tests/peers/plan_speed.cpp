// How long planning takes and what it costs in memory: 1 000 and 10 000 cases, with filters and
// order. Run by hand: `build/dev/tests/peers/peer_plan_speed`. Goals: 1 000 cases described and
// planned in under 200 ms; 10 000 cases with less than 200 MB in the host.
#include "plan/plan.hpp"

#include <chrono>
#include <cstdio>
#include <sys/resource.h>

namespace {

using namespace assay;

measure::AxisDescription numbered_axis(std::string name, std::int64_t count) {
    measure::AxisDescription axis;
    axis.name = std::move(name);
    for (std::int64_t i = 0; i < count; ++i) {
        axis.values.emplace_back(i);
    }
    return axis;
}

std::vector<plan::PlannedSuite> suites_of(std::int64_t families) {
    std::vector<plan::PlannedSuite> suites(1);
    suites[0].description.name = "speed";
    for (std::int64_t f = 0; f < families; ++f) {
        measure::FamilyDescription family;
        family.name = "family_" + std::to_string(f);
        family.axes = {numbered_axis("n", 10), numbered_axis("m", 10)};
        family.axes[1].variant = true;
        suites[0].description.families.push_back(std::move(family));
    }
    return suites;
}

double best_ms(const std::vector<plan::PlannedSuite>& suites, const plan::Selection& selection) {
    double best = 1e9;
    for (int round = 0; round < 7; ++round) {
        const auto start = std::chrono::steady_clock::now();
        const auto planned = plan::make_plan(suites, selection);
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - start;
        if (!planned) {
            std::fprintf(stderr, "%s\n", planned.error().message.c_str());
            return -1;
        }
        best = std::min(best, took.count());
    }
    return best;
}

double peak_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

} // namespace

int main() {
    for (const std::int64_t families : {10, 100, 1000}) {
        const auto suites = suites_of(families);
        plan::Selection filtered;
        filtered.filters = {"family_[0-9]*[13579]\\[", "speed/family_2", "!n=9"};
        std::printf("%7lld cases  planned %8.2f ms  with three filters %8.2f ms  peak %6.1f MB\n",
                    static_cast<long long>(families * 100),
                    best_ms(suites, {}),
                    best_ms(suites, filtered),
                    peak_mb());
    }
    return 0;
}
