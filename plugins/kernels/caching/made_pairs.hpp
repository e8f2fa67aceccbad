// Questions and paraphrases of them, made from small word lists: pairs to choose a threshold on
// that come from nobody's data.
//
//   const auto pairs = made_pairs(500, seed);
//   // {"how do i delete a large backup on the server", "what is the way to remove a backup on
//   ..."}
//
// A paraphrase keeps what the question is about, and changes how it is asked: other openings and
// verbs of the same meaning, another order, words left out. Many questions differ in one word
// alone. Pure functions of their seed.
#pragma once

#include "pair_scores.hpp"

#include <cstdint>

namespace assay::caching {

[[nodiscard]] std::vector<TextPair> made_pairs(std::size_t count, std::uint64_t seed);

} // namespace assay::caching
