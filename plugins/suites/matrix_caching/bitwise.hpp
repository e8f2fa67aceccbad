// Correctness before timing, as functions that can be shown to fail.
//
//   if (auto difference = bitwise_difference(expected, found)) throw wrong_result(*difference);
//
// The comparison of two paths is bitwise: a cache that changes the last bit of a result is wrong.
// The comparison with plain loops has a tolerance: vector code adds up in another order.
#pragma once

#include "sampled_digest.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace assay::matrix_caching {

// Where two results differ in any bit, as a sentence; nothing if they are the same.
[[nodiscard]] std::optional<std::string> bitwise_difference(const Results& expected,
                                                            const Results& found);

// Where `found` is further from `expected` than `tolerance` times its magnitude, or not a number.
[[nodiscard]] std::optional<std::string> distance(const char* part,
                                                  std::span<const double> expected,
                                                  std::span<const double> found,
                                                  double tolerance);

} // namespace assay::matrix_caching
