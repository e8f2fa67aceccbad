#include "statistics/complexity.hpp"

#include "statistics/random_index.hpp"
#include "statistics/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace assay::statistics {
namespace {

constexpr std::array<Complexity, 6> kClasses{Complexity::constant,
                                             Complexity::logarithmic,
                                             Complexity::linear,
                                             Complexity::linearithmic,
                                             Complexity::quadratic,
                                             Complexity::cubic};

// What least squares needs to know of a point: f(n) differs per class, these do not.
struct PointSums {
    double n = 0, count = 0, sum = 0, squares = 0;

    [[nodiscard]] double mean() const noexcept { return sum / count; }
};

PointSums sums_of(double n, std::span<const double> launches) noexcept {
    PointSums sums{.n = n, .count = static_cast<double>(launches.size())};
    for (const double one : launches) {
        sums.sum += one;
        sums.squares += one * one;
    }
    return sums;
}

// sum(f t) / sum(f^2) over all points but `left_out`.
double coefficient_of(Complexity complexity,
                      std::span<const PointSums> points,
                      std::size_t left_out = std::numeric_limits<std::size_t>::max()) noexcept {
    double products = 0;
    double squares = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i != left_out) {
            const double f = growth(complexity, points[i].n);
            products += f * points[i].sum;
            squares += f * f * points[i].count;
        }
    }
    return squares > 0 ? products / squares : 0;
}

double mean_of(std::span<const PointSums> points) noexcept {
    double sum = 0;
    double count = 0;
    for (const PointSums& point : points) {
        sum += point.sum;
        count += point.count;
    }
    return sum / count;
}

// Every point counts alike, however many launches it has.
double leave_one_out(Complexity complexity, std::span<const PointSums> points) noexcept {
    double squares = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double predicted =
            coefficient_of(complexity, points, i) * growth(complexity, points[i].n);
        const double miss = points[i].mean() - predicted;
        squares += miss * miss;
    }
    return std::sqrt(squares / static_cast<double>(points.size())) / mean_of(points);
}

double root_mean_square(Complexity complexity, std::span<const PointSums> points) noexcept {
    const double c = coefficient_of(complexity, points);
    double squares = 0;
    double count = 0;
    for (const PointSums& point : points) {
        const double predicted = c * growth(complexity, point.n);
        squares += point.squares - 2 * predicted * point.sum + point.count * predicted * predicted;
        count += point.count;
    }
    return std::sqrt(std::max(squares, 0.0) / count) / mean_of(points);
}

struct Ranking {
    Complexity best = Complexity::constant, runner_up = Complexity::constant;
    double error = std::numeric_limits<double>::infinity();
    double runner_up_error = std::numeric_limits<double>::infinity();
};

// Of equal errors the slower growth: it claims less.
Ranking rank(std::span<const PointSums> points) noexcept {
    Ranking ranking;
    for (const Complexity complexity : kClasses) {
        const double error = leave_one_out(complexity, points);
        if (error < ranking.error) {
            ranking.runner_up = ranking.best;
            ranking.runner_up_error = ranking.error;
            ranking.best = complexity;
            ranking.error = error;
        } else if (error < ranking.runner_up_error) {
            ranking.runner_up = complexity;
            ranking.runner_up_error = error;
        }
    }
    return ranking;
}

// Equal n together, launches sorted: the draws depend on the values, not on their order.
std::map<double, std::vector<double>> merged(std::span<const ComplexityPoint> points) {
    std::map<double, std::vector<double>> by_n;
    for (const ComplexityPoint& point : points) {
        std::vector<double>& launches = by_n[point.n];
        launches.insert(launches.end(), point.launch_medians.begin(), point.launch_medians.end());
    }
    for (auto& [n, launches] : by_n) {
        std::ranges::sort(launches);
    }
    return by_n;
}

// Why these cannot be fitted, or nothing.
std::string fault_of(std::span<const ComplexityPoint> points) {
    for (const ComplexityPoint& point : points) {
        if (!std::isfinite(point.n) || point.n < 1) {
            return "the axis has values below 1, where growth means nothing";
        }
        if (point.launch_medians.empty()) {
            return "a point has no figure";
        }
        for (const double median : point.launch_medians) {
            if (!std::isfinite(median) || median <= 0) {
                return "a figure is not positive";
            }
        }
    }
    return {};
}

void add_bootstrap(ComplexityFit& fit,
                   const std::map<double, std::vector<double>>& by_n,
                   std::uint64_t seed,
                   std::uint32_t resamples) {
    const bool enough = std::ranges::all_of(
        by_n, [](const auto& point) { return point.second.size() >= kIntervalLaunchesMin; });
    if (!enough || resamples == 0) {
        return;
    }
    RandomIndex random(seed);
    std::vector<double> coefficients;
    std::vector<double> drawn;
    std::vector<PointSums> points;
    std::uint32_t won = 0;
    for (std::uint32_t i = 0; i < resamples; ++i) {
        points.clear();
        for (const auto& [n, launches] : by_n) {
            drawn.resize(launches.size());
            for (double& value : drawn) {
                value = launches[random.below(static_cast<std::uint32_t>(launches.size()))];
            }
            points.push_back(sums_of(n, drawn));
        }
        coefficients.push_back(coefficient_of(fit.best, points));
        won += rank(points).best == fit.best ? 1u : 0u;
    }
    std::ranges::sort(coefficients);
    const double tail = (1 - fit.interval_level) / 2;
    fit.interval =
        Interval{quantile_sorted(coefficients, tail), quantile_sorted(coefficients, 1 - tail)};
    fit.stability = static_cast<double>(won) / static_cast<double>(resamples);
}

} // namespace

bool ComplexityFit::fits() const noexcept {
    return error <= kComplexityErrorMax;
}

std::string_view name_of(Complexity complexity) noexcept {
    switch (complexity) {
    case Complexity::constant:
        return "O(1)";
    case Complexity::logarithmic:
        return "O(log n)";
    case Complexity::linear:
        return "O(n)";
    case Complexity::linearithmic:
        return "O(n log n)";
    case Complexity::quadratic:
        return "O(n^2)";
    case Complexity::cubic:
        return "O(n^3)";
    }
    return "unknown";
}

double growth(Complexity complexity, double n) noexcept {
    switch (complexity) {
    case Complexity::constant:
        return 1;
    case Complexity::logarithmic:
        return std::log2(n);
    case Complexity::linear:
        return n;
    case Complexity::linearithmic:
        return n * std::log2(n);
    case Complexity::quadratic:
        return n * n;
    case Complexity::cubic:
        return n * n * n;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

ComplexityAnswer fit_complexity(std::span<const ComplexityPoint> points,
                                double level,
                                std::uint64_t seed,
                                std::uint32_t resamples) {
    if (std::string fault = fault_of(points); !fault.empty()) {
        return {.fit = {}, .reason = std::move(fault)};
    }
    const std::map<double, std::vector<double>> by_n = merged(points);
    if (by_n.size() < kComplexityPointsMin) {
        return {.fit = {},
                .reason =
                    "needs three different values of the axis, has " + std::to_string(by_n.size())};
    }
    std::vector<PointSums> sums;
    for (const auto& [n, launches] : by_n) {
        sums.push_back(sums_of(n, launches));
    }
    const Ranking ranking = rank(sums);
    ComplexityFit fit{.best = ranking.best,
                      .runner_up = ranking.runner_up,
                      .coefficient = coefficient_of(ranking.best, sums),
                      .interval = {},
                      .interval_level = level,
                      .error = ranking.error,
                      .runner_up_error = ranking.runner_up_error,
                      .rms = root_mean_square(ranking.best, sums),
                      .stability = {},
                      .points = sums.size()};
    add_bootstrap(fit, by_n, seed, resamples);
    return {.fit = fit, .reason = {}};
}

} // namespace assay::statistics
