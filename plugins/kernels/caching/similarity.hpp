// How alike two vectors of unit length are, in the three ways in which it is told.
//
//   is_hit(0.9312, 0.93)                 // the rule of every semantic cache here
//   squared_distance_of(cosine)          // d^2 = 2 - 2 cos, from 0 to 4
//   cosine_of_gptcache(0.8)              // 0.6
//
// GPTCache takes d^2 off its range of 4 and compares with tau times that range: 4 - d^2 >= 4 tau,
// or cos >= 2 tau - 1. Thresholds have to be converted before figures are compared. Pure functions.
#pragma once

namespace assay::caching {

// Cosines come from vectors in single precision; of equal vectors it may be this much less than 1.
inline constexpr double kSimilarityRounding = 1e-6;

[[nodiscard]] constexpr bool is_hit(double cosine, double tau) noexcept {
    return cosine >= tau - kSimilarityRounding;
}

[[nodiscard]] constexpr double squared_distance_of(double cosine) noexcept {
    return 2 - 2 * cosine;
}

[[nodiscard]] constexpr double cosine_of_squared_distance(double squared) noexcept {
    return 1 - squared / 2;
}

[[nodiscard]] constexpr double cosine_of_gptcache(double tau) noexcept {
    return 2 * tau - 1;
}

} // namespace assay::caching
