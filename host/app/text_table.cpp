#include "app/text_table.hpp"

#include "app/message.hpp"
#include "support/csv.hpp"

#include <algorithm>

namespace assay::app {

namespace {

// Columns a UTF-8 text takes, wide characters apart: bytes that do not continue another.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }));
}

// The place in UTF-8 text at which its `n`th character begins, from the front.
std::size_t place_of(const std::string& text, std::size_t n) {
    std::size_t place = 0;
    while (place < text.size() && (width(text.substr(place, 1)) == 0 || n-- > 0)) {
        ++place;
    }
    return place;
}

// A name longer than any line would move all columns behind it out of sight: its middle is left
// out, for names differ at both ends.
std::string short_enough(std::string text) {
    constexpr std::size_t kWidest = 160, kEnd = 60;
    const std::size_t wide = width(text);
    if (wide <= kWidest) {
        return text;
    }
    const std::size_t cut = place_of(text, kWidest - kEnd - 3), on = place_of(text, wide - kEnd);
    return text.substr(0, cut) + "..." + text.substr(on);
}

std::string one_line(const std::string& text) {
    std::string clean = printable(text);
    std::ranges::replace(clean, '\n', ' ');
    std::ranges::replace(clean, '\t', ' ');
    return short_enough(std::move(clean));
}

} // namespace

std::string TextTable::aligned() const {
    std::vector<std::vector<std::string>> lines = {header_};
    for (const std::vector<std::string>& row : rows_) {
        lines.emplace_back();
        std::ranges::transform(row, std::back_inserter(lines.back()), one_line);
    }
    std::vector<std::size_t> widths(header_.size(), 0);
    for (const std::vector<std::string>& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths[i] = std::max(widths[i], width(line[i]));
        }
    }
    std::string text;
    for (const std::vector<std::string>& line : lines) {
        std::string whole;
        for (std::size_t i = 0; i < line.size(); ++i) {
            whole += line[i] + std::string(widths[i] - width(line[i]) + 2, ' ');
        }
        whole.erase(whole.find_last_not_of(' ') + 1);
        text += whole + "\n";
    }
    return text;
}

std::string TextTable::csv() const {
    std::string text = csv_line(header_);
    for (const std::vector<std::string>& row : rows_) {
        text += csv_line(row);
    }
    return text;
}

} // namespace assay::app
