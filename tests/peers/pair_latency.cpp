// What a pair costs and how much it wanders: A/A pairs of a chain of multiplications, 12 slices of
// 0.7 ms each, roles and first slices drawn by coins as in a comparison. Run by hand:
//
//   pair_latency [PAIRS] [HANDICAP]
//
// Goal: about 55 ms per pair, everything included; a robust sd of x of 0.15 to 0.25 %. With a
// handicap (0.03) build B is the slower one, and the median of x is close to its logarithm.
#include "workers/pair.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <sched.h>
#include <vector>

namespace {

using namespace assay;

double quantile(std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1) + 0.5)];
}

class NoTurns final : public workers::LaunchTurns {
public:
    void acquire() override {}

    void release() override {}

    void on_log(std::int32_t /*level*/, std::string_view /*text*/) override {}

    void on_phase(measure::LaunchPhase /*phase*/, std::uint32_t /*slice*/) override {}
};

measure::LaunchRequest request_of(std::uint64_t iterations, double handicap) {
    measure::LaunchRequest request;
    request.suite = "bad_innocent";
    request.case_id = "bad_innocent/fine";
    request.slices = 12;
    request.iterations = iterations;
    request.handicap = handicap;
    return request;
}

std::vector<double> times_of(const measure::LaunchRecord& record) {
    std::vector<double> times;
    for (const measure::SliceRecord& slice : record.slices) {
        if (slice.flags == 0) {
            times.push_back(static_cast<double>(slice.thread_cpu_ns) /
                            static_cast<double>(slice.iterations));
        }
    }
    return times;
}

std::uint64_t calibrated(workers::Supervisor& supervisor) {
    auto worker = supervisor.start({.plugin_path = ASSAY_SMALL_PLUGIN});
    if (!worker) {
        std::fprintf(stderr, "pair_latency: %s\n", worker.error().message.c_str());
        return 0;
    }
    NoTurns turns;
    const auto outcome = (*worker)->launch(request_of(0, 0), turns, {});
    (*worker)->quit();
    return outcome.record.calibration ? outcome.record.calibration->iterations : 0;
}

std::vector<int> allowed_cpus() {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    std::vector<int> cpus;
    if (::sched_getaffinity(0, sizeof mask, &mask) == 0) {
        for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
            if (CPU_ISSET(static_cast<unsigned>(cpu), &mask)) {
                cpus.push_back(cpu);
            }
        }
    }
    return cpus;
}

void print(const char* what, const std::vector<double>& values, double unit, const char* name) {
    const double middle = quantile(values, 0.5);
    std::vector<double> away;
    for (const double value : values) {
        away.push_back(std::abs(value - middle));
    }
    std::printf("%-16s median %8.3f %s, robust sd %6.3f %s, 5 to 95 %%: %8.3f to %8.3f %s\n",
                what,
                middle * unit,
                name,
                1.4826 * quantile(away, 0.5) * unit,
                name,
                quantile(values, 0.05) * unit,
                quantile(values, 0.95) * unit,
                name);
}

} // namespace

int main(int argc, char** argv) {
    const int pairs = argc > 1 ? std::atoi(argv[1]) : 60;
    const double handicap = argc > 2 ? std::atof(argv[2]) : 0;
    if (pairs < 1 || !(handicap >= 0)) {
        std::fprintf(stderr,
                     "pair_latency: PAIRS must be positive, HANDICAP a share such as 0.03\n");
        return 2;
    }
    workers::SupervisorOptions settings;
    settings.worker_program = ASSAY_WORKER_PROGRAM;
    workers::Supervisor supervisor(settings);
    const std::uint64_t iterations = calibrated(supervisor);
    if (iterations == 0) {
        return 3;
    }
    const std::vector<int> cpus = allowed_cpus();
    std::mt19937_64 random(1);
    std::vector<double> x, seconds, warm_ups, starts;
    NoTurns turns;
    for (int i = 0; i < pairs; ++i) {
        const std::uint32_t seat_of_b = random() % 2;
        workers::PairRequest request;
        request.first = random() % 2;
        const std::size_t cpu = random() % cpus.size();
        for (std::uint32_t seat = 0; seat < 2; ++seat) {
            request.sides[seat].worker = {.plugin_path = ASSAY_SMALL_PLUGIN, .cpu = cpus[cpu]};
            request.sides[seat].request = request_of(iterations, seat == seat_of_b ? handicap : 0);
        }
        const workers::PairOutcome outcome = run_pair(supervisor, request, turns, {});
        std::vector<double> ratios;
        const auto a = times_of(outcome.sides[1 - seat_of_b].record);
        const auto b = times_of(outcome.sides[seat_of_b].record);
        if (a.size() != 12 || b.size() != 12) {
            std::fprintf(stderr,
                         "pair_latency: %s / %s\n",
                         outcome.sides[0].record.reason.c_str(),
                         outcome.sides[1].record.reason.c_str());
            return 3;
        }
        for (std::size_t slice = 0; slice < a.size(); ++slice) {
            ratios.push_back(std::log(b[slice] / a[slice]));
        }
        x.push_back((quantile(ratios, 5.0 / 11) + quantile(ratios, 6.0 / 11)) / 2);
        seconds.push_back(outcome.seconds);
        for (std::size_t seat = 0; seat < 2; ++seat) {
            warm_ups.push_back(outcome.sides[seat].record.calibration->warmup_slices);
            starts.push_back(outcome.hellos[seat]->start_s);
        }
    }
    std::printf("%d pairs of 12 slices of %llu iterations\n",
                pairs,
                static_cast<unsigned long long>(iterations));
    print("x", x, 100, "%");
    print("pair", seconds, 1e3, "ms");
    print("spawn to HELLO", starts, 1e3, "ms");
    print("warm-up slices", warm_ups, 1, "");
    return 0;
}
