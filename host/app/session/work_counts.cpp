#include "app/session/work_counts.hpp"

#include "app/session/launch_request.hpp"
#include "support/text.hpp"

#include <algorithm>

namespace assay::app {
namespace {

constexpr std::uint64_t kIterationsMax = 1000;

} // namespace

bool CountedWork::launches_differ() const noexcept {
    return std::ranges::any_of(launches, [&](double one) { return one != launches.front(); });
}

std::optional<double> CountedWork::instructions() const {
    return complete() ? std::optional(statistics::median(launches)) : std::nullopt;
}

std::uint64_t count_iterations(std::uint64_t slice_iterations) noexcept {
    std::uint64_t n = 1;
    while (n < kIterationsMax && n * 10 <= slice_iterations) {
        n *= 10;
    }
    return n;
}

measure::LaunchRequest counting_request(const CountWish& wish) {
    measure::LaunchRequest request = launch_request(wish.suite, wish.planned, wish.options);
    request.launch = 1;
    request.count_iterations = count_iterations(wish.slice_iterations);
    return request;
}

std::vector<std::string> count_notes(const CountedWork& work) {
    if (work.complete() && work.launches_differ()) {
        const auto [low, high] = std::ranges::minmax(work.launches);
        return {"nondeterministic: " + shortest(low) + " and " + shortest(high) +
                " instructions per iteration in two launches"};
    }
    return {};
}

report::MetricResult counts_metric(const CountedWork& work) {
    report::MetricResult metric;
    metric.key = "instructions";
    metric.unit = "{instruction}";
    metric.direction = measure::Direction::lower;
    metric.provenance =
        work.source == "callgrind" ? measure::Provenance::external : measure::Provenance::measured;
    metric.provenance_text = work.source;
    metric.flags = work.trusted() ? std::uint32_t{ASSAY_METRIC_EXACT} : 0u;
    metric.iterations = work.iterations;
    metric.reason = work.reason;
    std::vector<std::vector<double>> launches;
    for (const double one : work.complete() ? work.launches : std::vector<double>{}) {
        launches.push_back({one});
    }
    metric.summary = statistics::summarise(launches);
    metric.launch_figures.assign(metric.summary.launch_medians.begin(),
                                 metric.summary.launch_medians.end());
    metric.launches = std::move(launches);
    return metric;
}

} // namespace assay::app
