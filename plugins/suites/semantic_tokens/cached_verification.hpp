// What the family `cached` is held to before it is timed.
//
//   const CachedVerified found = verify_cached(seed, rates, choice, answers);
//
// Three short streams: as the case asks, every lookup is held to a plain scan over all that was
// put, and what is found to the text's answer, processed again; without repeats and paraphrases no
// hit is a true one; at tau 1 exact repeats hit, and nothing else. Throws assay::wrong_result. One
// thread.
#pragma once

#include "answer_cache.hpp"
#include "text_answers.hpp"

#include <cstdint>

namespace assay::semantic_tokens_suite {

struct CachedVerified {
    std::uint64_t lookups = 0; // held to a plain scan
    std::uint64_t answers = 0; // found, and compared bit for bit with what was processed again
};

[[nodiscard]] CachedVerified verify_cached(std::uint64_t seed,
                                           const StreamRates& rates,
                                           const CacheChoice& choice,
                                           TextAnswers& answers,
                                           const CacheMaker& make = make_answer_cache);

} // namespace assay::semantic_tokens_suite
