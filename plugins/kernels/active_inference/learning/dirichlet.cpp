#include "active_inference/learning/dirichlet.hpp"

#include <cmath>
#include <cstddef>

namespace assay::active_inference {
namespace {

// std::lgamma writes a global sign, which several threads must not do at once.
double log_gamma(double x) noexcept {
    int sign = 0;
    return ::lgamma_r(x, &sign);
}

} // namespace

double log_beta(std::span<const double> counts) noexcept {
    double sum = 0;
    double total = 0;
    for (const double count : counts) {
        if (count > 0) {
            sum += log_gamma(count);
            total += count;
        }
    }
    return sum - log_gamma(total);
}

// psi(x) = psi(x + 1) - 1/x until the asymptotic series (Abramowitz & Stegun 6.3.18) holds: at 10
// its first neglected term is below 1e-16.
double digamma(double x) noexcept {
    double shift = 0;
    while (x < 10) {
        shift -= 1 / x;
        x += 1;
    }
    const double z = 1 / (x * x);
    const double series =
        z *
        (1.0 / 12 -
         z * (1.0 / 120 -
              z * (1.0 / 252 - z * (1.0 / 240 - z * (1.0 / 132 - z * (691.0 / 32760 - z / 12))))));
    return shift + std::log(x) - 0.5 / x - series;
}

double dirichlet_divergence(std::span<const double> a, std::span<const double> b) noexcept {
    double total = 0;
    for (const double count : a) {
        total += count;
    }
    const double digamma_total = digamma(total);
    double divergence = log_beta(b) - log_beta(a);
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] > 0) {
            divergence += (a[i] - b[i]) * (digamma(a[i]) - digamma_total);
        }
    }
    return divergence;
}

} // namespace assay::active_inference
