// The words that tell what a token is and how far it is trusted: lists of this project, compiled
// in.
//
//   for (const Keyword& keyword : bundled_keywords()) { keyword.word; keyword.kind; }
//
// Words are lower case letters, in parts joined by hyphens; they are found regardless of case, on
// word boundaries, inside one token. A word may stand in several lists. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace assay::semantic_tokens {

// Which list a word stands in. The first five are categories of what is unsafe.
enum class KeywordKind : std::uint8_t {
    violence,
    credentials,
    malware,
    self_harm,
    fraud,
    constitutional,
    control,
    structural,
    positive,
    negative
};

inline constexpr std::size_t kUnsafeCategories = 5;
inline constexpr std::size_t kKeywordKinds = 10;

constexpr bool is_unsafe(KeywordKind kind) noexcept {
    return static_cast<std::size_t>(kind) < kUnsafeCategories;
}

struct Keyword {
    std::string_view word;
    KeywordKind kind = KeywordKind::violence;
};

[[nodiscard]] std::span<const Keyword> bundled_keywords() noexcept;

// Throws std::invalid_argument with the first word that is not letters and hyphens as said above.
void require_sound(std::span<const Keyword> keywords);

} // namespace assay::semantic_tokens
