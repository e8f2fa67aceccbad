#include "charts/text_width.hpp"

#include "charts/clean_text.hpp"

#include <algorithm>
#include <array>

namespace assay::charts {
namespace {

// Advance widths of U+0020 to U+007E in thousandths of the size, from DejaVu Sans 2.37.
constexpr std::array<short, 95> kAscii{
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361,  318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635,  611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,  525, 636, 337, 636, 838};

constexpr double kBoldFactor = 1.13; // DejaVu Sans Bold over DejaVu Sans, for running text
constexpr std::string_view kEllipsis = "\u2026";

double em_of(char32_t code) noexcept {
    if (code >= 0x20 && code < 0x7F) {
        return kAscii[code - 0x20] / 1000.0;
    }
    if (code >= 0x0300 && code < 0x0370) {
        return 0; // combining
    }
    // Scripts of wide signs, symbols and pictures; the rest is at most as wide as a capital.
    return code >= 0x1100 ? 1.1 : 0.72;
}

// Bytes of the longest front, or back, that is at most `width` wide.
std::size_t front_within(std::string_view text, double width, Font font) noexcept {
    std::size_t bytes = 0;
    double used = 0;
    while (bytes < text.size()) {
        const CodePoint next = first_code_point(text.substr(bytes));
        const std::size_t length = std::max<std::size_t>(next.length, 1);
        used += text_width(text.substr(bytes, length), font);
        if (used > width) {
            break;
        }
        bytes += length;
    }
    return bytes;
}

std::size_t back_within(std::string_view text, double width, Font font) noexcept {
    std::size_t begin = text.size();
    double used = 0;
    while (begin > 0) {
        std::size_t first = begin - 1;
        while (first > 0 && (static_cast<unsigned char>(text[first]) & 0xC0U) == 0x80U) {
            --first;
        }
        used += text_width(text.substr(first, begin - first), font);
        if (used > width) {
            break;
        }
        begin = first;
    }
    return text.size() - begin;
}

} // namespace

double text_width(std::string_view text, Font font) noexcept {
    double ems = 0;
    while (!text.empty()) {
        const CodePoint next = first_code_point(text);
        ems += em_of(next.length == 0 ? U'\uFFFD' : next.code);
        text.remove_prefix(std::max<std::size_t>(next.length, 1));
    }
    return ems * font.size * (font.bold ? kBoldFactor : 1);
}

std::string cut_middle(std::string_view text, double width, Font font) {
    if (text_width(text, font) <= width) {
        return std::string(text);
    }
    const double room = width - text_width(kEllipsis, font);
    const std::size_t front = front_within(text, room / 2, font);
    const double left = room - text_width(text.substr(0, front), font);
    const std::size_t back = back_within(text.substr(front), left, font);
    return std::string(text.substr(0, front)) + std::string(kEllipsis) +
           std::string(text.substr(text.size() - back));
}

std::vector<std::string> wrapped(std::string_view text, double width, Font font) {
    std::vector<std::string> lines;
    std::string line;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) {
            continue;
        }
        const std::string longer =
            line.empty() ? std::string(word) : line + ' ' + std::string(word);
        if (line.empty() || text_width(longer, font) <= width) {
            line = longer;
            continue;
        }
        lines.push_back(cut_middle(line, width, font));
        line = word;
    }
    if (!line.empty()) {
        lines.push_back(cut_middle(line, width, font));
    }
    return lines;
}

} // namespace assay::charts
