// What a token is, how far it is trusted, and which row of the vocabulary it has.
//
//   Findings found;
//   found.note(KeywordKind::positive);               // once for each different keyword
//   type_of(found); score_of(found);                 // below kLeastScore: filtered
//   token_id("hello", 50'000)
//
// Types by ordered rules, the first that matches: unsafe, constitutional, control, structural, else
// semantic. Scores begin at 1, unsafe 0.1, structural 0.9; + 0.1 for each positive keyword, - 0.3
// for each negative one, * 0.1 for each category of unsafe ones, within [0, 1]. Pure.
#pragma once

#include "semantic_tokens/keyword_lists.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace assay::semantic_tokens {

enum class TokenType : std::uint8_t { unsafe, constitutional, control, structural, semantic };

inline constexpr std::size_t kTokenTypes = 5;
inline constexpr double kLeastScore = 0.8;
inline constexpr std::string_view kFilteredToken = "[FILTERED]";

struct Findings {
    std::uint32_t kinds = 0; // a bit for each kind that was found
    std::uint32_t positive = 0, negative = 0;

    void note(KeywordKind kind) noexcept {
        kinds |= 1U << static_cast<unsigned>(kind);
        positive += kind == KeywordKind::positive ? 1 : 0;
        negative += kind == KeywordKind::negative ? 1 : 0;
    }

    [[nodiscard]] bool has(KeywordKind kind) const noexcept {
        return (kinds >> static_cast<unsigned>(kind) & 1U) != 0;
    }
};

[[nodiscard]] constexpr TokenType type_of(const Findings& found) noexcept {
    if ((found.kinds & ((1U << kUnsafeCategories) - 1)) != 0) {
        return TokenType::unsafe;
    }
    if (found.has(KeywordKind::constitutional)) {
        return TokenType::constitutional;
    }
    if (found.has(KeywordKind::control)) {
        return TokenType::control;
    }
    return found.has(KeywordKind::structural) ? TokenType::structural : TokenType::semantic;
}

// In whole tenths as long as it can be: 0.9 + 0.2 - 0.3 is 0.8, and not a little less.
[[nodiscard]] constexpr double score_of(const Findings& found) noexcept {
    const TokenType type = type_of(found);
    const int base = type == TokenType::unsafe ? 1 : type == TokenType::structural ? 9 : 10;
    const auto tenths = static_cast<double>(base + static_cast<int>(found.positive) -
                                            3 * static_cast<int>(found.negative));
    double divisor = 10;
    for (std::size_t category = 0; category < kUnsafeCategories; ++category) {
        divisor *= found.has(static_cast<KeywordKind>(category)) ? 10 : 1;
    }
    return std::clamp(tenths / divisor, 0.0, 1.0);
}

inline constexpr std::uint64_t kFnvStart = 0xCBF2'9CE4'8422'2325ull;
inline constexpr std::uint64_t kFnvPrime = 0x0000'0100'0000'01B3ull;

// FNV-1a of 64 bits, modulo the vocabulary.
[[nodiscard]] constexpr std::uint32_t token_id(std::string_view token,
                                               std::uint32_t vocabulary) noexcept {
    std::uint64_t hash = kFnvStart;
    for (const char c : token) {
        hash = (hash ^ static_cast<unsigned char>(c)) * kFnvPrime;
    }
    return static_cast<std::uint32_t>(hash % vocabulary);
}

} // namespace assay::semantic_tokens
