#include "words.hpp"

#include <utility>

namespace assay::retrieval {

namespace {

constexpr CodePoint kReplacement{0xFFFD, false};

struct LeadByte {
    int following;           // bytes; -1: no lead byte
    unsigned char low, high; // what the second byte may be
};

// Table 3-7 of the Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF.
LeadByte lead_of(unsigned char byte) noexcept {
    if (byte < 0x80) {
        return {0, 0, 0};
    }
    if (byte >= 0xC2 && byte <= 0xDF) {
        return {1, 0x80, 0xBF};
    }
    if (byte >= 0xE0 && byte <= 0xEF) {
        return {2,
                static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80),
                static_cast<unsigned char>(byte == 0xED ? 0x9F : 0xBF)};
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        return {3,
                static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80),
                static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF)};
    }
    return {-1, 0, 0};
}

bool is_within(char32_t c, char32_t first, char32_t last) noexcept {
    return c >= first && c <= last;
}

bool is_letter(char32_t c) noexcept {
    if (c < 0x80) {
        return is_within(c, U'a', U'z') || is_within(c, U'A', U'Z') || is_within(c, U'0', U'9');
    }
    if (c < 0xC0) {
        return c == 0xAA || c == 0xB5 || c == 0xBA; // of Latin-1's signs the letters
    }
    const bool separates = c == 0xD7 || c == 0xF7 || c == 0x1680 || c == 0xFEFF || c == 0xFFFD ||
                           is_within(c, 0x2000, 0x206F) || // general punctuation
                           is_within(c, 0x20A0, 0x20CF) || // currencies
                           is_within(c, 0x2190, 0x2BFF) || // arrows, operators, symbols
                           is_within(c, 0x2E00, 0x2E7F) || // more punctuation
                           is_within(c, 0x3000, 0x3004) || is_within(c, 0x3008, 0x3020) ||
                           c == 0x3030 || c == 0x30FB || is_within(c, 0xFE30, 0xFE6F) ||
                           is_within(c, 0xFF01, 0xFF0F) || is_within(c, 0xFF1A, 0xFF20) ||
                           is_within(c, 0xFF3B, 0xFF40) || is_within(c, 0xFF5B, 0xFF65);
    return !separates;
}

char32_t lower(char32_t c) noexcept {
    const bool by_32 = is_within(c, U'A', U'Z') || (is_within(c, 0xC0, 0xDE) && c != 0xD7) ||
                       (is_within(c, 0x391, 0x3AB) && c != 0x3A2) || is_within(c, 0x410, 0x42F);
    return by_32 ? c + 32 : is_within(c, 0x400, 0x40F) ? c + 80 : c;
}

void append(std::string& text, char32_t c) {
    const auto byte = [&](char32_t bits) { text += static_cast<char>(bits); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
}

} // namespace

CodePoint next_code_point(std::string_view text, std::size_t& at) noexcept {
    const auto byte_at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte_at(at++);
    LeadByte lead = lead_of(first);
    if (lead.following < 0) {
        return kReplacement;
    }
    char32_t value = lead.following == 0 ? first : first & (0x3Fu >> lead.following);
    for (; lead.following > 0; --lead.following) {
        if (at == text.size() || byte_at(at) < lead.low || byte_at(at) > lead.high) {
            return kReplacement; // the longest part that could have been one: one replacement
        }
        value = (value << 6) | (byte_at(at++) & 0x3Fu);
        lead.low = 0x80;
        lead.high = 0xBF;
    }
    return {value, true};
}

Words words_of(std::string_view text) {
    Words found;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) {
            found.words.push_back(std::move(word));
            word.clear();
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = next_code_point(text, at);
        found.invalid_sequences += point.is_valid ? 0 : 1;
        if (is_letter(point.value)) {
            append(word, lower(point.value));
        } else {
            end_word();
        }
    }
    end_word();
    return found;
}

} // namespace assay::retrieval
