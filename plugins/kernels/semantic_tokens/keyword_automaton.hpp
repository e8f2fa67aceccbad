// An automaton of Aho and Corasick that finds all keywords in one pass over a text, on word
// boundaries: every byte that cannot be part of a word is the one symbol "boundary", and keywords
// begin and end with it. So words end only where a boundary is read, and nowhere else is anything
// looked up.
//
//   const KeywordAutomaton automaton(bundled_keywords());
//   auto state = automaton.start();
//   for (unsigned char byte : token) { state = automaton.next(state, byte); ... }
//   for (auto number : automaton.found(automaton.at_end(state))) { keywords[number]; }
//
// Hyphens inside of keywords are boundaries too: "self-harm" is found in "self-harm" and in
// "self/harm". Immutable; any thread.
#pragma once

#include "semantic_tokens/keyword_lists.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::semantic_tokens {

// Letters, digits, '_' and everything beyond ASCII.
[[nodiscard]] constexpr bool is_word_byte(unsigned char byte) noexcept {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte >= 0x80;
}

class KeywordAutomaton {
public:
    using State = std::uint32_t; // where its transitions begin

    static constexpr std::size_t kSymbols = 32; // room of a state; 28 are used
    static constexpr std::uint8_t kBoundary = 0, kOther = 1, kFirstLetter = 2;

    // Throws std::invalid_argument where a keyword is not sound or there are too many.
    explicit KeywordAutomaton(std::span<const Keyword> keywords);

    [[nodiscard]] State start() const noexcept { return start_; } // after a boundary

    [[nodiscard]] std::uint8_t symbol(unsigned char byte) const noexcept { return symbols_[byte]; }

    [[nodiscard]] State next(State state, unsigned char byte) const noexcept {
        return next_[state + symbols_[byte]];
    }

    [[nodiscard]] State at_end(State state) const noexcept { return next_[state + kBoundary]; }

    // Numbers of the keywords that end at the boundary just read.
    [[nodiscard]] std::span<const std::uint32_t> found(State state) const noexcept {
        const Found& where = found_[state / kSymbols];
        return {numbers_.data() + where.begin, where.count};
    }

    // Whether there are any: rows of such states begin one number later, so that the state says so
    // itself. Of several states, or-ed, whether one of them has any.
    [[nodiscard]] static constexpr bool finds(State state) noexcept { return (state & 1U) != 0; }

    [[nodiscard]] std::size_t states() const noexcept { return found_.size(); }

    // For loops of their own.
    [[nodiscard]] const std::uint16_t* transitions() const noexcept { return next_.data(); }

    [[nodiscard]] const std::uint8_t* symbols() const noexcept { return symbols_.data(); }

private:
    struct Found {
        std::uint32_t begin = 0, count = 0;
    };

    void add_words(std::span<const Keyword> keywords,
                   std::vector<std::vector<std::uint32_t>>& ends);
    void complete(std::vector<std::vector<std::uint32_t>>& ends);
    void mark_final();
    std::uint16_t child(std::size_t state, std::uint8_t symbol);

    std::array<std::uint8_t, 256> symbols_{};
    std::vector<std::uint16_t> next_; // kSymbols of each state
    std::vector<Found> found_;
    std::vector<std::uint32_t> numbers_;
    State start_ = 0;
};

} // namespace assay::semantic_tokens
