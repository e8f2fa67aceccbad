// How much of a series' movement is noise from point to point, and how much carries over: measured
// on differences, so that steps of the level do not pass for autocorrelation.
//
//   const Roughness series_is = roughness(series);
//   p = test at an effective sample size of series_is.effective_share() * n
//
// With W(d) the mean squared distance of differences from their median, each cut at 2.5 scaled MAD:
// r = W(x_t - x_{t-2}) / W(x_t - x_{t-1}) - 1. For AR(1) noise the two variances have the ratio
// 1 + rho, so r estimates rho. A step touches one difference over one point and two over two: even
// cut it made r larger, by 6 / points, and in thirty points that is half of what r needs to count.
// So differences across a clear step (beyond 5 scaled MAD, and not taken back at once) are left
// out, as long as there is no more than one in fifteen points. r > 1 cannot come from an AR(1)
// process: there the series moves smoothly, as a trend or a wave does. Pure; any thread.
#pragma once

#include <span>

namespace assay::statistics {

struct Roughness {
    double r = 0;        // as defined above; 0 for fewer than 30 points
    double rho = 0;      // autocorrelation to reckon with, 0 to 0.9; 0 where r is within chance
    bool smooth = false; // r > 1: movement dominates noise

    // Of a sample of AR(1) noise, for its mean (Bayley & Hammersley, 1946).
    [[nodiscard]] double effective_share() const noexcept { return (1 - rho) / (1 + rho); }
};

[[nodiscard]] Roughness roughness(std::span<const double> series);

} // namespace assay::statistics
