// Tail probabilities and quantiles of the distributions that the tests of this library need.
//
//   double p = two_sided_t(t, degrees);            // P(|T| >= |t|)
//
// By Boost.Math's incomplete beta function, kept at double precision: its default of computing in
// long double costs three times the time for digits that no p needs. Pure functions; any thread.
#pragma once

namespace assay::statistics {

// P(|T| >= |t|); degrees > 0, not necessarily whole; 0 for an infinite t.
[[nodiscard]] double two_sided_t(double t, double degrees);

// The value that T stays below with probability `p` in (0, 1).
[[nodiscard]] double quantile_t(double p, double degrees);

// P(|Z| >= |z|) of the standard normal distribution.
[[nodiscard]] double two_sided_normal(double z) noexcept;

// P(F >= f); both degrees > 0.
[[nodiscard]] double upper_tail_f(double f, double degrees_above, double degrees_below);

} // namespace assay::statistics
