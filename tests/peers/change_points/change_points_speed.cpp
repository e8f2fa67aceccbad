// How long the detectors take; README.md says what must hold. Thread CPU time, so that another
// program on the machine does not count; the median of repetitions after one that does not.
#include "simulated_series.hpp"
#include "statistics/summary.hpp"

#include <cstdio>
#include <ctime>
#include <string>

namespace {

using namespace assay::statistics;
using namespace assay::test;

double cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

using Series = std::vector<std::vector<double>>;

// One step of 10 % in every hundred points up or down, noise of 2 %.
Series stepping(std::size_t count, std::size_t length, Noise noise, std::uint64_t seed) {
    Random random(seed);
    Series all(count);
    for (auto& series : all) {
        Levels levels = flat(length);
        for (std::size_t i = 0; i < length; ++i) {
            levels[i] *= (i / 100) % 2 == 0 ? 1 : 1.1;
        }
        series = noisy(std::move(levels), noise, 0.02, random);
    }
    return all;
}

Series shaped(std::size_t count, const Levels& levels, Noise noise, std::uint64_t seed) {
    Random random(seed);
    Series all(count);
    for (auto& series : all) {
        series = noisy(levels, noise, 0.02, random);
    }
    return all;
}

struct Cost {
    double median_ms, worst_ms; // of all series together, over repetitions
    double points;              // found per series
};

Cost cost_of(const Series& all, Detector detector, int repetitions) {
    std::vector<double> times;
    std::size_t points = 0;
    for (int round = 0; round <= repetitions; ++round) {
        points = 0;
        const double start = cpu_ms();
        for (const auto& series : all) {
            points += detect(series, detector).points.size();
        }
        if (round > 0) {
            times.push_back(cpu_ms() - start);
        }
    }
    const auto sorted = sorted_copy(times);
    return {median(times),
            sorted.back(),
            static_cast<double>(points) / static_cast<double>(all.size())};
}

// Prints a row; false where the median per series is more than `goal_ms`.
bool row(const char* what, const Series& all, Detector detector, int repetitions, double goal_ms) {
    const Cost cost = cost_of(all, detector, repetitions);
    const auto count = static_cast<double>(all.size());
    const double each = cost.median_ms / count;
    std::printf("%-34s %-10s %9.4f ms  worst %9.4f ms  %6.2f points",
                what,
                std::string(assay::statistics::name_of(detector)).c_str(),
                each,
                cost.worst_ms / count,
                cost.points);
    if (goal_ms > 0) {
        std::printf("  goal %.2f ms: %s", goal_ms, each <= goal_ms ? "holds" : "MISSED");
    }
    std::printf("\n");
    return !(goal_ms > 0) || each <= goal_ms;
}

bool rows_of(Noise noise) {
    const std::string name(assay::test::name_of(noise));
    bool holds = true;
    holds &= row(("200 points, steps, " + name).c_str(),
                 stepping(50, 200, noise, 1),
                 Detector::assay,
                 15,
                 0.2);
    holds &= row(("5 000 points, steps, " + name).c_str(),
                 stepping(4, 5000, noise, 2),
                 Detector::assay,
                 15,
                 5);
    holds &= row(("5 000 points, flat, " + name).c_str(),
                 shaped(4, flat(5000), noise, 3),
                 Detector::assay,
                 15,
                 5);
    return holds;
}

} // namespace

int main() {
    bool holds = true;
    for (const Noise noise : kNoises) {
        holds &= rows_of(noise);
    }
    holds &= row("200 points, climbing",
                 shaped(50, climb(200, 0.2), Noise::gaussian, 4),
                 Detector::assay,
                 15,
                 0.2);
    holds &= row("5 000 points, climbing",
                 shaped(4, climb(5000, 0.2), Noise::gaussian, 5),
                 Detector::assay,
                 9,
                 5);
    holds &= row("5 000 points, wave",
                 shaped(4, wave(5000, 0.1, 500, 0), Noise::gaussian, 6),
                 Detector::assay,
                 9,
                 5);
    for (const Detector detector : {Detector::hunter, Detector::weighted_t, Detector::edivisive}) {
        const int repetitions = detector == Detector::edivisive ? 3 : 15;
        row("200 points, steps, Gaussian",
            stepping(10, 200, Noise::gaussian, 1),
            detector,
            repetitions,
            0);
    }
    const Series many = stepping(500, 500, Noise::gaussian, 7);
    const double all_ms = cost_of(many, Detector::assay, 7).median_ms;
    std::printf("500 series of 500 points: %.1f ms, goal 500 ms: %s\n",
                all_ms,
                all_ms < 500 ? "holds" : "MISSED");
    return holds && all_ms < 500 ? 0 : 1;
}
