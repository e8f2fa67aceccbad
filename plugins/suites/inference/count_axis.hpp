// A value of an axis that counts steps, rounds or the like.
//
//   const std::size_t steps = count_of(params, "steps", 1, 10'000);
//
// Pure functions.
#pragma once

#include <assay/params.hpp>

#include <cstddef>

namespace assay::inference {

// Throws config_error with the bounds: "steps=0: expected 1 to 10000".
[[nodiscard]] std::size_t
count_of(const assay::params& params, const char* axis, std::size_t least, std::size_t most);

} // namespace assay::inference
