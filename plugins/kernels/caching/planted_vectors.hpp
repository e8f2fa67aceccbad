// Vectors of which it is known how near they are to another: x cos(phi) + n sin(phi) with n
// perpendicular to x has the cosine cos(phi) with x.
//
//   const auto x = random_direction(384, seed);
//   const auto near = planted_at(x, 0.93, seed + 1);   // a hit at tau 0.93, a miss at 0.95
//
// Pure functions of their seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::caching {

// Of length 1, every direction equally likely.
[[nodiscard]] std::vector<float> random_direction(std::size_t dimension, std::uint64_t seed);

// Of length 1. `unit` has length 1 and at least 2 components; cosine from -1 to 1.
[[nodiscard]] std::vector<float>
planted_at(std::span<const float> unit, double cosine, std::uint64_t seed);

} // namespace assay::caching
