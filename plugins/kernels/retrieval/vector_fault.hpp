// What can be wrong with a vector that comes from outside, said in words.
//
//   require_vector(query, index.dimension());        // throws std::invalid_argument
//
// Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace assay::retrieval {

// "component 3 is not finite", "all components are 0", "383 components, expected 384".
[[nodiscard]] std::optional<std::string> vector_fault(std::span<const float> vector,
                                                      std::size_t dimension);

void require_vector(std::span<const float> vector, std::size_t dimension);
void require_size(std::size_t found, std::size_t dimension);
// From 1 to kDimensionMax.
void require_dimension(std::size_t dimension);

} // namespace assay::retrieval
