// Text as words: maximal runs of letters and digits, lower-cased; all else separates.
//
//   words_of("Hello, WORLD!").words    // {"hello", "world"}
//
// UTF-8: code points beyond ASCII are letters, but for spaces, punctuation and symbols of the
// blocks that words are separated with; case is folded for Latin-1, Greek and Cyrillic. What is no
// UTF-8 becomes U+FFFD, which separates, and is counted. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::retrieval {

struct Words {
    std::vector<std::string> words;    // in the order of the text, with repetitions
    std::size_t invalid_sequences = 0; // replaced, as the Unicode standard counts them
};

// Changes whenever the same text may become other words: stands in the names of embedders.
inline constexpr std::string_view kWordsVersion = "w1";

[[nodiscard]] Words words_of(std::string_view text);

// The next code point; U+FFFD and false where there is none. `at` moves on by at least one byte.
struct CodePoint {
    char32_t value;
    bool is_valid;
};

[[nodiscard]] CodePoint next_code_point(std::string_view text, std::size_t& at) noexcept;

} // namespace assay::retrieval
