#include "active_inference/hierarchy/belief_change.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::active_inference {

namespace {

// p ln(p / q) - p + q, at least 0, of positive numbers: q ((1 + d) ln(1 + d) - d) with
// d = (p - q) / q. For small d by its series, because the terms cancel; for large d by the
// logarithms of p and q, because d may overflow or round to -1.
double excess(double p, double q, UpdateCost& cost) noexcept {
    const double d = (p - q) / q;
    if (std::abs(d) < 1e-4) {
        cost.multiply_adds += 8; // d itself is 2
        return q * d * d * (1.0 / 2 - d * (1.0 / 6 - d * (1.0 / 12 - d / 20)));
    }
    if (std::abs(d) > 0.5) {
        cost.multiply_adds += 5;
        cost.logarithms += 2;
        return p * (std::log(p) - std::log(q)) - p + q;
    }
    cost.multiply_adds += 5;
    cost.logarithms += 1;
    return q * ((1 + d) * std::log1p(d) - d);
}

// The sum until it passes `enough`. Both distributions sum to 1, so what is added to p ln(p / q)
// does not change the sum; with it every term is at least 0 and nothing cancels between terms.
double divergence_until(double enough,
                        std::span<const double> p,
                        std::span<const double> q,
                        UpdateCost& cost) noexcept {
    double sum = 0;
    for (std::size_t at = 0; at < p.size() && !(sum > enough); ++at) {
        if (p[at] == 0) {
            sum += q[at];
        } else if (q[at] == 0) {
            return std::numeric_limits<double>::infinity();
        } else {
            sum += excess(p[at], q[at], cost);
        }
        ++cost.multiply_adds; // to the sum
    }
    return sum;
}

} // namespace

double divergence(std::span<const double> p, std::span<const double> q) noexcept {
    UpdateCost cost;
    return divergence_until(std::numeric_limits<double>::infinity(), p, q, cost);
}

bool diverges(std::span<const double> p,
              std::span<const double> q,
              double threshold,
              UpdateCost& cost) noexcept {
    UpdateCost taken; // in registers: `cost` might be what the spans show
    const bool above = divergence_until(threshold, p, q, taken) > threshold;
    cost += taken;
    return above;
}

double largest_change(std::span<const double> p, std::span<const double> q) noexcept {
    double largest = 0;
    for (std::size_t at = 0; at < p.size(); ++at) {
        largest = std::max(largest, std::abs(p[at] - q[at]));
    }
    return largest;
}

} // namespace assay::active_inference
