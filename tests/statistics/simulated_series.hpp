// Series whose truth is known, and what a detector makes of them: for tests and for the program in
// tests/peers/change_points.
//
//   const DetectionScore score = score_step({Detector::assay, Noise::gaussian, 0.05}, 200, seed);
//   CHECK(score.recall > 0.95);
//
// A series is a curve of levels times 1 + noise. Same seed, same series, with one standard library.
#pragma once

#include "statistics/change_points/detection.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

namespace assay::test {

// The rows of the table in host/statistics/README.md, with a coefficient of variation `cv`.
enum class Noise {
    gaussian,
    log_normal, // (e^(0.9 z) - 1) cv / 1.5
    outliers,   // Gaussian, and 4 % of values 10 to 60 % higher
    ar1,        // autocorrelation 0.5
    bimodal,    // sigma cv/2, and 30 % of values 4 % higher
};

inline constexpr std::array kNoises{
    Noise::gaussian, Noise::log_normal, Noise::outliers, Noise::ar1, Noise::bimodal};

[[nodiscard]] std::string_view name_of(Noise noise) noexcept;

using Random = std::mt19937_64;

// Curves of levels, about 100.
using Levels = std::vector<double>;
[[nodiscard]] Levels flat(std::size_t length);
[[nodiscard]] Levels wave(std::size_t length, double amplitude, double period, double phase);
[[nodiscard]] Levels climb(std::size_t length, double height);
// From each place on a factor 1 + height more.
[[nodiscard]] Levels stepped(Levels levels, const std::vector<std::size_t>& places, double height);

[[nodiscard]] std::vector<double> noisy(Levels levels, Noise noise, double cv, Random& random);

struct StepPlan {
    statistics::Detector detector;
    Noise noise;
    double step;              // relative height at point `at`; 0: there is none
    std::size_t length = 200; // points
    std::size_t at = 120;
    double cv = 0.02;
    std::size_t tolerance = 5; // points beside `at` that still count as found
};

struct DetectionScore {
    double points = 0;    // found per series
    double recall = 0;    // share of series in which the step was found
    double precision = 0; // share of found points that are the step
};

[[nodiscard]] DetectionScore score_step(const StepPlan& plan,
                                        std::size_t series,
                                        std::uint64_t seed,
                                        const statistics::DetectOptions& options = {});

} // namespace assay::test
