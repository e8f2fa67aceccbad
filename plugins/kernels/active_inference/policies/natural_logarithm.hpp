// The natural logarithm of a positive normal number, as arithmetic without branches or tables, so
// that a compiler can do several at once. Within 2 units in the last place of std::log; the same
// bits on every machine that computes without fused multiply-adds.
//
// x = 2^k m with m in [sqrt 1/2, sqrt 2), and with s = (m - 1) / (m + 1)
//   ln m = 2 artanh s = 2 s (1 + s^2/3 + s^4/5 + ...),    |s| < 0.172
// where eleven terms leave less than 1e-18.
//
//   const double energy = p * natural_logarithm(p + kGainFloor);
//
// A pure function.
#pragma once

#include <bit>
#include <cstdint>

namespace assay::active_inference {

[[nodiscard]] inline double natural_logarithm(double x) noexcept {
    constexpr std::uint64_t kFraction = 0x000FFFFFFFFFFFFFull;
    constexpr std::uint64_t kOne = 0x3FF0000000000000ull;
    constexpr std::uint64_t kRootOfHalf = 0x3FE6A09E667F3BCDull;
    // Shifted so that the exponent steps at sqrt 1/2 instead of at 1.
    const std::uint64_t shifted = std::bit_cast<std::uint64_t>(x) + (kOne - kRootOfHalf);
    const double m = std::bit_cast<double>((shifted & kFraction) + kRootOfHalf);
    // An integer below 2^52 in the fraction of 2^52: a conversion that every vector unit can do.
    constexpr std::uint64_t kTwoTo52 = 0x4330000000000000ull;
    const double k = std::bit_cast<double>((shifted >> 52) | kTwoTo52) - (0x1p52 + 1023);
    const double s = (m - 1) / (m + 1);
    const double z = s * s;
    const double w = z * z;
    // Odd and even terms apart: two short chains instead of a long one.
    const double even =
        w * (1.0 / 5 + w * (1.0 / 9 + w * (1.0 / 13 + w * (1.0 / 17 + w * (1.0 / 21)))));
    const double odd =
        z * (1.0 / 3 + w * (1.0 / 7 + w * (1.0 / 11 + w * (1.0 / 15 + w * (1.0 / 19)))));
    // ln 2 in two parts: k times the high one is exact.
    constexpr double kLn2High = 0x1.62e42fefa38p-1;
    constexpr double kLn2Low = 0x1.ef35793c7673p-45;
    return k * kLn2High + (2 * s + (2 * s * (odd + even) + k * kLn2Low));
}

} // namespace assay::active_inference
