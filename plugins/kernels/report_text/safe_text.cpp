#include "report_text/safe_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace report_text {
namespace {

struct Decoded {
    char32_t code = 0;
    std::size_t length = 0; // 0: the first byte starts no valid sequence
};

Decoded decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || length > text.size()) {
        return {};
    }
    char32_t code = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0u) != 0x80u) {
            return {};
        }
        code = code << 6 | (byte(i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    return overlong || surrogate || code > 0x10FFFF ? Decoded{} : Decoded{code, length};
}

struct Range {
    char32_t first, last;
};

template <std::size_t N>
bool within(char32_t code, const std::array<Range, N>& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [code](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

// What a terminal obeys instead of showing it: C0, C1, line separators, direction overrides,
// invisible characters.
bool obeyed(char32_t code) {
    static constexpr std::array<Range, 8> kObeyed{{{0x00, 0x1F},
                                                   {0x7F, 0x9F},
                                                   {0xAD, 0xAD},
                                                   {0x200B, 0x200F},
                                                   {0x2028, 0x202E},
                                                   {0x2060, 0x206F},
                                                   {0xFEFF, 0xFEFF},
                                                   {0xE0000, 0xE007F}}};
    return within(code, kObeyed);
}

// Unicode 15, East Asian Width W and F, by blocks.
bool is_wide(char32_t code) {
    static constexpr std::array<Range, 10> kWide{{{0x1100, 0x115F},
                                                  {0x2E80, 0x303E},
                                                  {0x3041, 0xA4CF},
                                                  {0xAC00, 0xD7A3},
                                                  {0xF900, 0xFAFF},
                                                  {0xFE30, 0xFE6F},
                                                  {0xFF00, 0xFF60},
                                                  {0xFFE0, 0xFFE6},
                                                  {0x1F300, 0x1FAFF},
                                                  {0x20000, 0x3FFFD}}};
    return within(code, kWide);
}

bool is_combining(char32_t code) {
    static constexpr std::array<Range, 5> kCombining{
        {{0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}}};
    return within(code, kCombining);
}

std::size_t columns_of(char32_t code) {
    return is_combining(code) ? 0 : is_wide(code) ? 2 : 1;
}

std::string hex(std::uint32_t value, std::size_t digits_min) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (; value != 0 || text.size() < digits_min; value >>= 4) {
        text.insert(text.begin(), kDigits[value & 0xF]);
    }
    return text;
}

std::string escaped(char32_t code) {
    switch (code) {
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return code < 0x80 ? "\\x" + hex(code, 2) : "\\u{" + hex(code, 2) + "}";
    }
}

} // namespace

std::string safe_text(std::string_view text, bool unicode) {
    std::string out;
    while (!text.empty()) {
        const Decoded next = decode(text);
        if (next.length == 0) {
            out += "\\x" + hex(static_cast<unsigned char>(text.front()), 2);
            text.remove_prefix(1);
            continue;
        }
        const bool shown = !obeyed(next.code) && (unicode || next.code < 0x80);
        out += shown ? std::string(text.substr(0, next.length)) : escaped(next.code);
        text.remove_prefix(next.length);
    }
    return out;
}

std::size_t width_of(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const Decoded next = decode(text);
        columns += next.length == 0 ? 1 : columns_of(next.code);
        text.remove_prefix(std::max<std::size_t>(next.length, 1));
    }
    return columns;
}

std::string cut_to_width(std::string_view text, std::size_t columns, bool unicode) {
    if (width_of(text) <= columns) {
        return std::string(text);
    }
    const std::string_view mark = unicode ? "\u2026" : "...";
    const std::size_t room = columns - std::min(columns, width_of(mark));
    std::size_t used = 0;
    std::size_t bytes = 0;
    while (bytes < text.size()) {
        const Decoded next = decode(text.substr(bytes));
        const std::size_t wide = next.length == 0 ? 1 : columns_of(next.code);
        if (used + wide > room) {
            break;
        }
        used += wide;
        bytes += std::max<std::size_t>(next.length, 1);
    }
    return std::string(text.substr(0, bytes)) + std::string(mark);
}

std::string padding(std::string_view text, std::size_t columns) {
    return std::string(columns - std::min(columns, width_of(text)), ' ');
}

} // namespace report_text
