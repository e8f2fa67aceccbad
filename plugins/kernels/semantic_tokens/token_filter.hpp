// The tokens of a text, with number, type and score of each: one pass over its bytes.
//
//   TokenFilter filter(50'000);
//   const FilteredText& found = filter.scan("please start the ransomware");
//   found.tokens[3].filtered; found.word(3); found.filtered
//
// Tokens are what stands between blanks (all that is not above U+0020). One whose score is below
// 0.8 is filtered: from there on it is the token [FILTERED], with that one's number and score 1.
// What is no UTF-8 is replaced before (utf8_text.hpp) and counted. One thread for each filter; a
// filter makes room for the longest text once and then allocates nothing.
#pragma once

#include "semantic_tokens/keyword_automaton.hpp"
#include "semantic_tokens/token_rules.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::semantic_tokens {

struct ScannedToken {
    std::uint32_t begin = 0, length = 0; // bytes of the text
    std::uint32_t id = 0;                // row of the vocabulary; that of [FILTERED] where filtered
    TokenType type = TokenType::semantic;
    bool filtered = false;
    double found_score = 1; // before it was filtered

    [[nodiscard]] double score() const noexcept { return filtered ? 1.0 : found_score; }

    bool operator==(const ScannedToken&) const = default;
};

struct FilteredText {
    std::string_view text; // well-formed; of the scanned bytes or of the filter
    std::vector<ScannedToken> tokens;
    std::uint64_t filtered = 0; // tokens
    std::uint64_t replaced = 0; // U+FFFD put in

    [[nodiscard]] std::string_view word(std::size_t i) const {
        return text.substr(tokens[i].begin, tokens[i].length);
    }
};

class TokenFilter {
public:
    // Throws std::invalid_argument: a vocabulary of at least 1, sound keywords.
    explicit TokenFilter(std::uint32_t vocabulary,
                         std::span<const Keyword> keywords = bundled_keywords());

    // Until the next call; `text` must live as long. Throws std::invalid_argument above 4 GiB.
    const FilteredText& scan(std::string_view text);

    [[nodiscard]] std::uint32_t filtered_id() const noexcept { return filtered_id_; }

private:
    void note(KeywordAutomaton::State state, Findings& found);
    void judge(ScannedToken& token, const Findings& found);
    std::size_t scan_token(std::size_t begin);
    std::size_t scan_any(std::size_t begin);

    std::vector<Keyword> keywords_;
    KeywordAutomaton automaton_;
    std::uint32_t vocabulary_, filtered_id_;
    std::vector<std::uint64_t> seen_in_; // of each keyword: the last token that has it
    std::uint64_t token_ = 0;            // tokens of all scans
    std::string room_;
    FilteredText result_;
};

} // namespace assay::semantic_tokens
