// The texts of a case: a ring of sequences, so that no iteration meets what the one before left in
// the branch predictor.
//
//   const std::vector<std::string> ring = ring_of(512, seed);
//   ring[iteration % ring.size()]
//
// Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace assay::semantic_tokens_suite {

// 2 to 16 texts of so many tokens.
[[nodiscard]] std::vector<std::string> ring_of(std::size_t tokens, std::uint64_t seed);

} // namespace assay::semantic_tokens_suite
