// How often the detectors are right, on simulated series: the tables of host/statistics/README.md.
// An argument asks for more series per figure than 200.
#include "simulated_series.hpp"

#include <cstdio>
#include <cstdlib>
#include <numbers>
#include <string>

namespace {

using namespace assay::statistics;
using namespace assay::test;

void print_steps(std::size_t series) {
    std::printf("200 points, one step at 120, CV 2 %%, %zu series per figure\n", series);
    std::printf("%-11s %-11s %7s %14s %14s\n", "detector", "noise", "FP", "R/P 5 %", "R/P 10 %");
    for (const Detector detector : {Detector::hunter, Detector::assay, Detector::weighted_t}) {
        for (const Noise noise : kNoises) {
            const auto at = [&](double step) {
                return score_step({detector, noise, step}, series, 1000);
            };
            const DetectionScore small = at(0.05), large = at(0.10);
            std::printf("%-11s %-11s %7.3f %8.1f/%5.1f %8.1f/%5.1f\n",
                        std::string(assay::statistics::name_of(detector)).c_str(),
                        std::string(assay::test::name_of(noise)).c_str(),
                        at(0).points,
                        100 * small.recall,
                        100 * small.precision,
                        100 * large.recall,
                        100 * large.precision);
        }
    }
}

void print_delays(std::size_t series) {
    std::printf("\nfound within 2 of a step after 60 points, Gaussian\n");
    for (const std::size_t segment_min : {3u, 2u}) {
        for (const double step : {0.05, 0.10}) {
            std::printf("segment_min %zu, step %2.0f %%:", segment_min, 100 * step);
            for (const std::size_t after : {2u, 3u, 4u, 5u}) {
                const StepPlan plan{
                    Detector::assay, Noise::gaussian, step, 60 + after, 60, 0.02, 2};
                const auto score = score_step(plan, series, 1001, {.segment_min = segment_min});
                std::printf("  %zu points %5.1f %%", after, 100 * score.recall);
            }
            std::printf("\n");
        }
    }
}

template <class Shape>
void print_drift(const char* what, const Shape& shape, double cv, std::size_t series) {
    Random random(1002);
    double without = 0, points = 0, drifting = 0;
    for (std::size_t i = 0; i < series; ++i) {
        const auto values = noisy(shape(random), Noise::gaussian, cv, random);
        const Detection found = detect(values, Detector::assay);
        const RobustStepTest test({.effective_share = found.roughness.effective_share()});
        without += static_cast<double>(find_steps(values, test, {}).size());
        points += static_cast<double>(found.points.size());
        drifting += found.drifts.empty() ? 0 : 1;
    }
    const auto count = static_cast<double>(series);
    std::printf(
        "%-36s noise %.0f %%  without the rule %5.2f points, with it %5.2f, drift %3.0f %%\n",
        what,
        100 * cv,
        without / count,
        points / count,
        100 * drifting / count);
}

Levels any_wave(Random& random) {
    std::uniform_real_distribution<double> phase(0, 2 * std::numbers::pi);
    return wave(600, 0.1, 500, phase(random));
}

void print_drifts(std::size_t series) {
    std::printf("\nseries that move\n");
    const auto climbing = [](Random&) { return climb(600, 0.2); };
    for (const double cv : {0.01, 0.02}) {
        print_drift("wave of 10 %, 500 points", any_wave, cv, series);
        print_drift(
            "the same and a step of 30 %",
            [](Random& random) { return stepped(any_wave(random), {300}, 0.3); },
            cv,
            series);
        print_drift("climb of 20 % over 600 points", climbing, cv, series);
        print_drift(
            "the same and a step of 10 %",
            [&](Random& random) { return stepped(climbing(random), {300}, 0.1); },
            cv,
            series);
        print_drift(
            "four steps of 10 %, 60 points each",
            [](Random&) {
                return stepped(flat(300), {60, 120, 180, 240}, 0.1);
            },
            cv,
            series);
        print_drift(
            "five steps of 8 %, 20 points each",
            [](Random&) {
                return stepped(flat(120), {20, 40, 60, 80, 100}, 0.08);
            },
            cv,
            series);
    }
}

} // namespace

int main(int count, char** arguments) {
    const std::size_t series = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 200;
    if (series == 0) {
        std::fprintf(stderr,
                     "change_points_figures: the argument is a number of series, 1 or more\n");
        return 2;
    }
    print_steps(series);
    print_delays(series);
    print_drifts(series);
    return 0;
}
