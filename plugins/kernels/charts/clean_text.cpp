#include "charts/clean_text.hpp"

#include <algorithm>
#include <array>

namespace assay::charts {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

std::size_t sequence_length(unsigned lead) noexcept {
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead < 0xE0) {
        return 2;
    }
    if (lead >= 0xE0 && lead < 0xF0) {
        return 3;
    }
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

// What is obeyed, invisible, or forbidden in XML 1.0.
bool is_unfit(char32_t code) noexcept {
    struct Range {
        char32_t first, last;
    };

    static constexpr std::array<Range, 9> kUnfit{{{0x00, 0x1F},
                                                  {0x7F, 0x9F},
                                                  {0xAD, 0xAD},
                                                  {0x200B, 0x200F},
                                                  {0x2028, 0x202E},
                                                  {0x2060, 0x206F},
                                                  {0xFEFF, 0xFEFF},
                                                  {0xFFF0, 0xFFFB},
                                                  {0xE0000, 0xE007F}}};
    return (code & 0xFFFEU) == 0xFFFEU ||
           std::any_of(kUnfit.begin(), kUnfit.end(), [code](const Range& range) {
               return code >= range.first && code <= range.last;
           });
}

} // namespace

CodePoint first_code_point(std::string_view text) noexcept {
    if (text.empty()) {
        return {};
    }
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t length = sequence_length(byte(0));
    if (length == 0 || length > text.size()) {
        return {};
    }
    char32_t code = length == 1 ? byte(0) : byte(0) & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U) {
            return {};
        }
        code = code << 6U | (byte(i) & 0x3FU);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    return overlong || surrogate || code > 0x10FFFF ? CodePoint{} : CodePoint{code, length};
}

std::string clean_text(std::string_view text) {
    std::string clean;
    while (!text.empty() && clean.size() < kTextBytesMax) {
        const CodePoint next = first_code_point(text);
        if (next.code == '\n' || next.code == '\r' || next.code == '\t') {
            clean += ' ';
        } else if (next.length == 0 || is_unfit(next.code)) {
            clean += kReplacement;
        } else {
            clean += text.substr(0, next.length);
        }
        text.remove_prefix(std::max<std::size_t>(next.length, 1));
    }
    return text.empty() ? clean : clean + "\u2026";
}

} // namespace assay::charts
