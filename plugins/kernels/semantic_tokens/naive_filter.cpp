#include "semantic_tokens/naive_filter.hpp"

#include <algorithm>

namespace assay::semantic_tokens {
namespace {

// Bytes of the character that begins here, 0 where none does; `subpart` of what then becomes one
// U+FFFD. By its bits and the least number that needs so many bytes.
std::size_t character_length(std::string_view bytes, std::size_t at, std::size_t& subpart) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    subpart = 1;
    if (first < 0x80) {
        return 1;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC0 || first > 0xF7) {
        return 0;
    }
    std::uint32_t number = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i >= bytes.size() || (static_cast<unsigned char>(bytes[at + i]) & 0xC0U) != 0x80) {
            return 0;
        }
        number = number << 6U | (static_cast<unsigned char>(bytes[at + i]) & 0x3FU);
        // What cannot become a character any more ends the subpart before this byte.
        const std::uint32_t shift = static_cast<std::uint32_t>(6 * (length - 1 - i));
        const std::uint32_t most = number << shift | ((1U << shift) - 1);
        const std::uint32_t least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        if (most < least || number << shift > 0x10FFFF ||
            (number << shift >= 0xD800 && most <= 0xDFFF)) {
            return 0;
        }
        subpart = i + 1;
    }
    return length;
}

std::string replaced(std::string_view bytes, std::uint64_t& count) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size();) {
        std::size_t subpart = 1;
        const std::size_t length = character_length(bytes, at, subpart);
        if (length == 0) {
            text += "\xEF\xBF\xBD";
            ++count;
            at += subpart;
        } else {
            text += bytes.substr(at, length);
            at += length;
        }
    }
    return text;
}

// Lower case, every byte that is no part of a word a '-', between boundaries.
std::string folded(std::string_view token) {
    std::string text = "-";
    for (const char c : token) {
        const bool is_upper = c >= 'A' && c <= 'Z';
        const bool is_part = is_word_byte(static_cast<unsigned char>(c));
        text += is_upper ? static_cast<char>(c + ('a' - 'A')) : is_part ? c : '-';
    }
    return text + "-";
}

ScannedToken
judged(std::string_view token, std::uint32_t vocabulary, std::span<const Keyword> keywords) {
    const std::string text = folded(token);
    Findings found;
    for (const Keyword& keyword : keywords) {
        if (text.find("-" + std::string(keyword.word) + "-") != std::string::npos) {
            found.note(keyword.kind);
        }
    }
    ScannedToken result;
    result.type = type_of(found);
    result.found_score = score_of(found);
    result.filtered = result.found_score < kLeastScore;
    result.id = token_id(result.filtered ? kFilteredToken : token, vocabulary);
    return result;
}

} // namespace

NaiveText
naive_scan(std::string_view bytes, std::uint32_t vocabulary, std::span<const Keyword> keywords) {
    NaiveText result;
    result.text = replaced(bytes, result.replaced);
    const std::string_view text = result.text;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin;
        while (end < text.size() && static_cast<unsigned char>(text[end]) > ' ') {
            ++end;
        }
        if (end > begin) {
            ScannedToken token = judged(text.substr(begin, end - begin), vocabulary, keywords);
            token.begin = static_cast<std::uint32_t>(begin);
            token.length = static_cast<std::uint32_t>(end - begin);
            result.filtered += token.filtered ? 1 : 0;
            result.tokens.push_back(token);
        }
        begin = end + 1;
    }
    return result;
}

} // namespace assay::semantic_tokens
