// The same as TokenFilter, as one writes it down first: every keyword is looked for in every token.
// What the one pass is held to.
//
//   const NaiveText found = naive_scan(text, 50'000);
//
// Pure.
#pragma once

#include "semantic_tokens/token_filter.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::semantic_tokens {

struct NaiveText {
    std::string text; // well-formed
    std::vector<ScannedToken> tokens;
    std::uint64_t filtered = 0, replaced = 0;
};

[[nodiscard]] NaiveText naive_scan(std::string_view bytes,
                                   std::uint32_t vocabulary,
                                   std::span<const Keyword> keywords = bundled_keywords());

} // namespace assay::semantic_tokens
