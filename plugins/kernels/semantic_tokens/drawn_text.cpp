#include "semantic_tokens/drawn_text.hpp"

#include "random_source/random_source.hpp"
#include "semantic_tokens/keyword_lists.hpp"

#include <string_view>

namespace assay::semantic_tokens {
namespace {

constexpr std::uint64_t kTextStream = 5;

std::string made_up_word(RandomSource& random) {
    constexpr std::string_view consonants = "bcdfghklmnprstvw", vowels = "aeiou";
    std::string word;
    for (std::uint32_t syllables = 1 + random.below(4); syllables > 0; --syllables) {
        word += consonants[random.below(static_cast<std::uint32_t>(consonants.size()))];
        word += vowels[random.below(static_cast<std::uint32_t>(vowels.size()))];
    }
    if (random.below(3) == 0) {
        word += consonants[random.below(static_cast<std::uint32_t>(consonants.size()))];
    }
    return word;
}

std::string drawn_token(RandomSource& random) {
    const auto keywords = bundled_keywords();
    std::string word =
        random.below(12) == 0
            ? std::string(keywords[random.below(static_cast<std::uint32_t>(keywords.size()))].word)
            : made_up_word(random);
    switch (random.below(16)) {
    case 0:
        word[0] = static_cast<char>(word[0] - 'a' + 'A');
        break;
    case 1:
        word += random.below(2) == 0 ? "," : ".";
        break;
    case 2:
        word += "-" + made_up_word(random);
        break;
    case 3:
        word += random.below(4) == 0 ? "\xC3\xA9" : ""; // e with an acute accent
        break;
    default:
        break;
    }
    return word;
}

} // namespace

std::string drawn_text(std::uint64_t seed, std::size_t tokens) {
    RandomSource random(derived_seed(seed, kTextStream));
    std::string text;
    for (std::size_t i = 0; i < tokens; ++i) {
        text += (i == 0 ? "" : " ") + drawn_token(random);
    }
    return text;
}

std::string drawn_text_of_bytes(std::uint64_t seed, std::size_t bytes) {
    RandomSource random(derived_seed(seed, kTextStream));
    std::string text;
    while (text.size() < bytes) {
        std::string token = drawn_token(random);
        if (text.size() + token.size() + 1 > bytes) {
            token.assign(bytes - text.size(), 'x');
        } else {
            token += ' ';
        }
        text += token;
    }
    return text;
}

} // namespace assay::semantic_tokens
