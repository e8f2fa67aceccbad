#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace assay::statistics {
namespace {

constexpr double kNoFigure = std::numeric_limits<double>::quiet_NaN();

bool has_nan(std::span<const double> values) {
    return std::any_of(values.begin(), values.end(), [](double x) { return std::isnan(x); });
}

// std::lerp is exact at both ends and monotone; equal ends are taken apart because inf - inf is
// NaN.
double between(double low, double high, double fraction) {
    return low == high ? low : std::lerp(low, high, fraction);
}

// Reorders `values`. Linear on average, where sorting a hundred thousand slices would not be.
double median_in_place(std::span<double> values) {
    if (values.empty()) {
        return kNoFigure;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) {
        return *middle;
    }
    return between(*std::max_element(values.begin(), middle), *middle, 0.5);
}

// Neumaier's compensated sum (Neumaier, 1974): the error does not grow with the number of samples.
double sum(std::span<const double> values) {
    double total = 0, lost = 0;
    for (const double x : values) {
        const double next = total + x;
        lost += std::abs(total) >= std::abs(x) ? (total - next) + x : (x - next) + total;
        total = next;
    }
    // With an infinity among the values the compensation is NaN and says nothing.
    return std::isfinite(lost) ? total + lost : total;
}

double deviation_about(double centre, std::span<const double> values) {
    if (values.size() < 2) {
        return kNoFigure;
    }
    // Two passes with the corrected sum (Chan, Golub & LeVeque, 1983): a constant offset a billion
    // times the spread does not cost the spread.
    double squares = 0, residue = 0;
    for (const double x : values) {
        squares += (x - centre) * (x - centre);
        residue += x - centre;
    }
    const auto n = static_cast<double>(values.size());
    return std::sqrt(std::max(squares - residue * residue / n, 0.0) / (n - 1));
}

OutlierCounts outliers_beyond(double q1, double q3, std::span<const double> values) {
    OutlierCounts counts;
    const double range = q3 - q1;
    for (const double x : values) {
        const double beyond = std::max(q1 - x, x - q3);
        if (beyond > 3 * range) {
            ++counts.severe;
        } else if (beyond > 1.5 * range) {
            ++counts.mild;
        }
    }
    return counts;
}

Summary unknown_summary(double level) {
    Summary summary;
    summary.interval_level = level;
    for (double* figure : {&summary.median,
                           &summary.mean,
                           &summary.stddev,
                           &summary.mad,
                           &summary.cv,
                           &summary.min,
                           &summary.max,
                           &summary.p05,
                           &summary.p25,
                           &summary.p75,
                           &summary.p90,
                           &summary.p95,
                           &summary.p99,
                           &summary.p999}) {
        *figure = kNoFigure;
    }
    return summary;
}

void describe_samples(std::span<const double> sorted, Summary& summary) {
    summary.mean = mean(sorted);
    summary.stddev = deviation_about(summary.mean, sorted);
    summary.mad = median_absolute_deviation(sorted);
    summary.cv = summary.mean == 0 ? kNoFigure : summary.stddev / std::abs(summary.mean);
    summary.min = sorted.front();
    summary.max = sorted.back();
    summary.p05 = quantile_sorted(sorted, 0.05);
    summary.p25 = quantile_sorted(sorted, 0.25);
    summary.p75 = quantile_sorted(sorted, 0.75);
    summary.p90 = quantile_sorted(sorted, 0.90);
    summary.p95 = quantile_sorted(sorted, 0.95);
    summary.p99 = quantile_sorted(sorted, 0.99);
    summary.p999 = quantile_sorted(sorted, 0.999);
    summary.outliers = outliers_beyond(summary.p25, summary.p75, sorted);
}

} // namespace

std::vector<double> sorted_copy(std::span<const double> values) {
    std::vector<double> sorted(values.begin(), values.end());
    std::sort(sorted.begin(), sorted.end());
    return sorted;
}

double quantile_sorted(std::span<const double> sorted, double p) {
    if (sorted.empty() || std::isnan(p)) {
        return kNoFigure;
    }
    const double position =
        std::clamp(p, 0.0, 1.0) * static_cast<double>(sorted.size() - 1); // h - 1 of type 7
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return between(sorted[below], sorted[above], position - static_cast<double>(below));
}

double median(std::span<const double> values) {
    if (has_nan(values)) {
        return kNoFigure;
    }
    std::vector<double> copy(values.begin(), values.end());
    return median_in_place(copy);
}

double median_absolute_deviation(std::span<const double> values) {
    const double centre = median(values);
    if (std::isnan(centre)) {
        return kNoFigure;
    }
    std::vector<double> distances(values.size());
    std::transform(values.begin(), values.end(), distances.begin(), [centre](double x) {
        return x == centre ? 0.0 : std::abs(x - centre);
    });
    return median_in_place(distances);
}

double mean(std::span<const double> values) {
    return values.empty() ? kNoFigure : sum(values) / static_cast<double>(values.size());
}

double standard_deviation(std::span<const double> values) {
    return deviation_about(mean(values), values);
}

OutlierCounts tukey_outliers(std::span<const double> values) {
    if (values.empty() || has_nan(values)) {
        return {};
    }
    const std::vector<double> sorted = sorted_copy(values);
    return outliers_beyond(quantile_sorted(sorted, 0.25), quantile_sorted(sorted, 0.75), sorted);
}

Summary summarise(std::span<const std::vector<double>> launches, double level) {
    Summary summary = unknown_summary(level);
    std::vector<double> samples;
    for (const std::vector<double>& launch : launches) {
        if (!launch.empty()) {
            summary.launch_medians.push_back(median(launch));
            samples.insert(samples.end(), launch.begin(), launch.end());
        }
    }
    summary.n = samples.size();
    if (samples.empty() || has_nan(samples)) {
        return summary;
    }
    std::sort(samples.begin(), samples.end());
    describe_samples(samples, summary);
    summary.median = median(summary.launch_medians);
    summary.interval = median_interval(summary.launch_medians, level);
    return summary;
}

} // namespace assay::statistics
