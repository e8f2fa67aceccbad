// How the time of a case grows with a numeric parameter: the class of {1, log n, n, n log n, n^2,
// n^3} that predicts best, with its coefficient and the runner-up.
//
//   ComplexityAnswer answer = fit_complexity(points, 0.95, seed);
//   if (answer.fit) print(name_of(answer.fit->best), answer.fit->coefficient);
//   else print(answer.reason);
//
// Each class is one coefficient through the origin, t = c f(n), by least squares over the launch
// medians of all points. The class is chosen by leave-one-out: every point is predicted from the
// others, and the smallest root mean square of these errors wins (Hastie, Tibshirani & Friedman,
// "The Elements of Statistical Learning", 2009, 7.10). Intervals are percentile bootstraps over the
// launches of each point (Efron & Tibshirani, 1993, 13.3), seeded. log is to the base 2.
// Pure functions; any thread.
#pragma once

#include "statistics/summary.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::statistics {

enum class Complexity { constant, logarithmic, linear, linearithmic, quadratic, cubic };

std::string_view name_of(Complexity complexity) noexcept; // "O(1)", "O(log n)", "O(n)", ...

// f(n) of the class.
double growth(Complexity complexity, double n) noexcept;

// One value of the axis: the launch medians of the case there.
struct ComplexityPoint {
    double n = 0;
    std::vector<double> launch_medians;
};

struct ComplexityFit {
    Complexity best = Complexity::constant, runner_up = Complexity::constant;
    double coefficient = 0;           // of f(n), in the unit of the medians
    std::optional<Interval> interval; // of the coefficient, the class taken as given
    double interval_level = 0.95;
    double error = 0;           // leave-one-out, as a share of the mean: 0.02 = 2 %
    double runner_up_error = 0; // the same of the runner-up
    double rms = 0;             // of the fit itself, as a share of the mean
    // Share of resamples of the launches in which the class won; nothing where there is no
    // interval. Says how far noise could have chosen another class, not whether one of the six is
    // right.
    std::optional<double> stability;
    std::size_t points = 0;

    // False: the best class is none to name; coefficient and interval describe nothing.
    [[nodiscard]] bool fits() const noexcept;
};

struct ComplexityAnswer {
    std::optional<ComplexityFit> fit;
    std::string reason; // why there is none
};

// A larger leave-one-out error fits nothing. Where the truth is a class itself, the one beside it,
// a factor of log n away, misses by 0.17 to 0.52 of the mean (axes of three to six values that grow
// by a factor of 2 to 10): who misses as much is no better than a class known to be wrong.
inline constexpr double kComplexityErrorMax = 0.25;

// Values of the axis that a fit needs at least, different from each other.
inline constexpr std::size_t kComplexityPointsMin = 3;

// Points in any order; equal n are taken together. No interval where a point has fewer than six
// launches.
ComplexityAnswer fit_complexity(std::span<const ComplexityPoint> points,
                                double level,
                                std::uint64_t seed,
                                std::uint32_t resamples = 1000);

} // namespace assay::statistics
