// What is known in closed form about coupled phase oscillators, to hold solvers against.
//
//   const auto omega = lorentzian_frequencies(20'000, 0.5);
//   const auto start = ott_antonsen_start(20'000, 0.1);
//   ott_antonsen_order(t, {.strength = 2, .half_width = 0.5, .start = 0.1})
//
// Pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::kuramoto {

// The quantiles of a Lorentzian of this half-width around 0: no luck of the draw.
[[nodiscard]] std::vector<double> lorentzian_frequencies(std::size_t n, double half_width);
// Of a normal distribution (by bisection of erfc), of a uniform one on [-half_width, half_width].
[[nodiscard]] std::vector<double> gaussian_frequencies(std::size_t n, double sigma);
[[nodiscard]] std::vector<double> uniform_frequencies(std::size_t n, double half_width);

// Phases with order r0 on the manifold of Ott and Antonsen, paired with rising frequencies by a
// low-discrepancy sequence: a random pairing is ten times as far from the limit of many
// oscillators.
[[nodiscard]] std::vector<double> ott_antonsen_start(std::size_t n, double r0, double shift = 0);

struct LorentzianField {
    double strength = 0;   // K
    double half_width = 0; // gamma
    double start = 0;      // r at t = 0
};

// r at time t of infinitely many oscillators (Ott & Antonsen 2008).
[[nodiscard]] double ott_antonsen_order(double t, const LorentzianField& field);
// sqrt(1 - Kc / K) with Kc = 2 gamma; 0 below.
[[nodiscard]] double lorentzian_order(double strength, double half_width);
// 2 / (pi g(0)).
[[nodiscard]] double critical_strength(double density_at_centre);

// Two oscillators: theta_2 - theta_1 once locked, asin(difference / K).
[[nodiscard]] double locking_angle(double difference, double strength);
// Not locked: 2 pi / sqrt(difference^2 - K^2).
[[nodiscard]] double beat_period(double difference, double strength);

// (S13 S24) / (S14 S23), S_ij = sin((theta_i - theta_j) / 2), of four phases: constant where
// frequencies are identical (Watanabe & Strogatz 1994).
[[nodiscard]] double cross_ratio(std::span<const double> phases);

// -(K / 2N) sum_ij cos(theta_j - theta_i): never rises where frequencies are identical.
[[nodiscard]] double field_energy(std::span<const double> phases, double strength);

} // namespace assay::kuramoto
