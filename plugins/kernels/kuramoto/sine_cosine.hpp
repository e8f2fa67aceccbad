// Sine and cosine of one angle at once, written so that a loop of them becomes vector code. For
// files that are compiled once for each level of the processor (AssayIsaLevels.cmake), where it has
// fused multiply-adds.
//
//   for (std::size_t i = 0; i < n; ++i) sine_cosine(y[i], s[i], c[i]);
//
// x = k pi + r with |r| <= pi/2 (Cody & Waite 1980, chapter 8, in two parts: a fused multiply-add
// does not round k pi); the series of r/2 to the last digit, and from there by the double angle.
// Off by at most 5e-16 for |x| up to 1e9.
#pragma once

namespace assay::kuramoto::ASSAY_ISA_LEVEL {
namespace {

#if defined(__FMA__)

inline void sine_cosine(double x, double& sine, double& cosine) {
    constexpr double kPi = 0x1.921fb54442d18p+1, kRestOfPi = 0x1.1a62633145c07p-53;
    constexpr double kRounder = 0x1.8p+52; // added, it leaves no room for fractions
    const double rounded = __builtin_fma(x, 1 / kPi, kRounder), k = rounded - kRounder;
    double r = __builtin_fma(-k, kPi, x);
    r = __builtin_fma(-k, kRestOfPi, r);
    // Odd k: the last bit of what was rounded becomes a sign.
    const unsigned long sign = __builtin_bit_cast(unsigned long, rounded) << 63;
    const double t = 0.5 * r, q = t * t, q2 = q * q, q4 = q2 * q2;
    // sin t = t + t q S(q), cos t = 1 + q C(q); pairs of coefficients first (Estrin's scheme): a
    // long chain of additions would leave the processor waiting.
    const double s01 = __builtin_fma(1.0 / 120, q, -1.0 / 6);
    const double s23 = __builtin_fma(1.0 / 362880, q, -1.0 / 5040);
    const double s45 = __builtin_fma(1.0 / 6227020800, q, -1.0 / 39916800);
    const double s456 = __builtin_fma(-1.0 / 1307674368000, q2, s45);
    const double s = __builtin_fma(s456, q4, __builtin_fma(s23, q2, s01));
    const double c01 = __builtin_fma(1.0 / 24, q, -0.5);
    const double c23 = __builtin_fma(1.0 / 40320, q, -1.0 / 720);
    const double c45 = __builtin_fma(1.0 / 479001600, q, -1.0 / 3628800);
    const double c67 = __builtin_fma(1.0 / 20922789888000, q, -1.0 / 87178291200);
    const double c = __builtin_fma(__builtin_fma(c67, q2, c45), q4, __builtin_fma(c23, q2, c01));
    const double sin_t = __builtin_fma(t * q, s, t), cos_t = __builtin_fma(c, q, 1.0);
    const double twice = sin_t + sin_t;
    const double of_r = twice * cos_t, other = __builtin_fma(-twice, sin_t, 1.0); // 1 - 2 sin^2 t
    sine = __builtin_bit_cast(double, __builtin_bit_cast(unsigned long, of_r) ^ sign);
    cosine = __builtin_bit_cast(double, __builtin_bit_cast(unsigned long, other) ^ sign);
}

#endif

} // namespace
} // namespace assay::kuramoto::ASSAY_ISA_LEVEL
