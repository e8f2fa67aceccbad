#include "kuramoto/known_solutions.hpp"

#include "kuramoto/order.hpp"

#include <cmath>
#include <numbers>

namespace assay::kuramoto {
namespace {

using std::numbers::pi;

double middle_of(std::size_t i, std::size_t n) {
    return (static_cast<double>(i) + 0.5) / static_cast<double>(n);
}

double normal_quantile(double p) {
    double low = -40, high = 40;
    for (int halving = 0; halving < 80; ++halving) {
        const double middle = (low + high) / 2;
        (std::erfc(-middle / std::numbers::sqrt2) / 2 < p ? low : high) = middle;
    }
    return (low + high) / 2;
}

template <class Quantile>
std::vector<double> quantiles(std::size_t n, Quantile quantile) {
    std::vector<double> values(n);
    for (std::size_t i = 0; i < n; ++i) {
        values[i] = quantile(middle_of(i, n));
    }
    return values;
}

} // namespace

std::vector<double> lorentzian_frequencies(std::size_t n, double half_width) {
    return quantiles(n, [&](double p) { return half_width * std::tan(pi * (p - 0.5)); });
}

std::vector<double> gaussian_frequencies(std::size_t n, double sigma) {
    return quantiles(n, [&](double p) { return sigma * normal_quantile(p); });
}

std::vector<double> uniform_frequencies(std::size_t n, double half_width) {
    return quantiles(n, [&](double p) { return half_width * (2 * p - 1); });
}

std::vector<double> ott_antonsen_start(std::size_t n, double r0, double shift) {
    constexpr double golden = 0.6180339887;
    std::vector<double> phases(n);
    for (std::size_t i = 0; i < n; ++i) {
        const double along = (static_cast<double>(i) + 0.5) * golden + shift;
        const double u = along - std::floor(along) - 0.5;
        phases[i] = 2 * std::atan((1 - r0) / (1 + r0) * std::tan(pi * u));
    }
    return phases;
}

double ott_antonsen_order(double t, const LorentzianField& field) {
    const double a = field.strength / 2 - field.half_width;
    const double b = field.strength / 2;
    const double squared = a / (b + (a / (field.start * field.start) - b) * std::exp(-2 * a * t));
    return std::sqrt(squared);
}

double lorentzian_order(double strength, double half_width) {
    return strength <= 2 * half_width ? 0 : std::sqrt(1 - 2 * half_width / strength);
}

double critical_strength(double density_at_centre) {
    return 2 / (pi * density_at_centre);
}

double locking_angle(double difference, double strength) {
    return std::asin(difference / strength);
}

double beat_period(double difference, double strength) {
    return 2 * pi / std::sqrt(difference * difference - strength * strength);
}

double cross_ratio(std::span<const double> phases) {
    const auto chord = [&](std::size_t i, std::size_t j) {
        return std::sin((phases[i] - phases[j]) / 2);
    };
    return chord(0, 2) * chord(1, 3) / (chord(0, 3) * chord(1, 2));
}

// The double sum is |sum exp(i theta)|^2.
double field_energy(std::span<const double> phases, double strength) {
    const double r = order_of(phases).r;
    return -strength / 2 * static_cast<double>(phases.size()) * r * r;
}

} // namespace assay::kuramoto
