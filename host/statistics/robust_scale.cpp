#include "statistics/robust_scale.hpp"

#include "statistics/distributions.hpp"
#include "statistics/summary.hpp"

#include <limits>

namespace assay::statistics {
namespace {

constexpr double kMadEfficiency = 0.3674; // against the standard deviation of normal values
constexpr std::size_t kSpreadValuesMin = 5;

} // namespace

double median_sorted(std::span<const double> sorted) {
    return quantile_sorted(sorted, 0.5);
}

// Distances from the median grow outwards on both sides: the half of them that is smallest is
// found by walking outwards, always on the side that is nearer.
double scaled_mad_sorted(std::span<const double> sorted) {
    const std::size_t count = sorted.size();
    if (count == 0) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const double centre = median_sorted(sorted);
    std::size_t left = count / 2, right = count / 2; // [left, right) is taken
    double last = 0, previous = 0;
    for (std::size_t taken = 0; taken <= count / 2; ++taken) {
        previous = last;
        const bool nearer_left =
            right == count || (left > 0 && centre - sorted[left - 1] < sorted[right] - centre);
        last = nearer_left ? centre - sorted[--left] : sorted[right++] - centre;
    }
    return kMadToSigma * (count % 2 == 1 ? last : (previous + last) / 2);
}

double scaled_mad(std::span<const double> values) {
    return kMadToSigma * median_absolute_deviation(values);
}

SpreadChange compare_spread(std::span<const double> older, std::span<const double> newer) {
    const double before = scaled_mad(older);
    const double after = scaled_mad(newer);
    if (older.size() < kSpreadValuesMin || newer.size() < kSpreadValuesMin || !(before > 0)) {
        return {};
    }
    const double ratio = after / before;
    const auto degrees = [](std::span<const double> values) {
        return kMadEfficiency * (static_cast<double>(values.size()) - 1);
    };
    return {ratio, upper_tail_f(ratio * ratio, degrees(newer), degrees(older))};
}

} // namespace assay::statistics
