// Sine and cosine of one angle at once, written so that a loop of them becomes vector code. For
// files that are compiled once for each level of the processor (AssayIsaLevels.cmake), where it has
// fused multiply-adds.
//
//   for (std::size_t i = 0; i < n; ++i) sine_cosine(y[i], s[i], c[i]);
//
// x = k pi/2 + r with |r| <= pi/4 (Cody & Waite 1980, chapter 8, in two parts: a fused multiply-add
// does not round k pi/2); minimax polynomials of r, those of Sun's fdlibm (k_sin.c, k_cos.c); the
// last two bits of k say which of the two is the sine, and the signs. Off by at most 5e-16 for |x|
// up to 1e9.
#pragma once

namespace assay::kuramoto::ASSAY_ISA_LEVEL {
namespace {

#if defined(__FMA__)

inline void sine_cosine(double x, double& sine, double& cosine) {
    constexpr double kHalfPi = 0x1.921fb54442d18p+0, kRest = 0x1.1a62633145c07p-54;
    constexpr double kRounder = 0x1.8p+52; // added, it leaves no room for fractions
    const double rounded = __builtin_fma(x, 1 / kHalfPi, kRounder), k = rounded - kRounder;
    double r = __builtin_fma(-k, kHalfPi, x);
    r = __builtin_fma(-k, kRest, r);
    const double q = r * r;
    // sin r = r + r q S(q), cos r = 1 + q C(q), innermost coefficient first, the two chains in
    // turns: what a processor can have waiting bounds these loops more than how long a chain takes.
    double s = __builtin_fma(0x1.5d93a5acfd57cp-33, q, -0x1.ae5e68a2b9cebp-26);
    double c = __builtin_fma(-0x1.8fae9be8838d4p-37, q, 0x1.1ee9ebdb4b1c4p-29);
    s = __builtin_fma(s, q, 0x1.71de357b1fe7dp-19);
    c = __builtin_fma(c, q, -0x1.27e4f809c52adp-22);
    s = __builtin_fma(s, q, -0x1.a01a019c161d5p-13);
    c = __builtin_fma(c, q, 0x1.a01a019cb1590p-16);
    s = __builtin_fma(s, q, 0x1.111111110f8a6p-7);
    c = __builtin_fma(c, q, -0x1.6c16c16c15177p-10);
    s = __builtin_fma(s, q, -0x1.5555555555549p-3);
    c = __builtin_fma(c, q, 0x1.555555555554cp-5);
    c = __builtin_fma(c, q, -0.5);
    const double of_r = __builtin_fma(r * q, s, r), other = __builtin_fma(c, q, 1.0);
    const unsigned long quarter = __builtin_bit_cast(unsigned long, rounded);
    const bool swapped = (quarter & 1) != 0;
    const double one = swapped ? other : of_r, two = swapped ? of_r : other;
    const unsigned long sign = (quarter & 2) << 62, sign_of_other = ((quarter + 1) & 2) << 62;
    sine = __builtin_bit_cast(double, __builtin_bit_cast(unsigned long, one) ^ sign);
    cosine = __builtin_bit_cast(double, __builtin_bit_cast(unsigned long, two) ^ sign_of_other);
}

#endif

} // namespace
} // namespace assay::kuramoto::ASSAY_ISA_LEVEL
