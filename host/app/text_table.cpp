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

// Both ends of a text that is wider than a column may be: of long names either tells them apart.
std::string cut_in_the_middle(const std::string& text, std::size_t columns) {
    constexpr std::string_view kMark = "\u2026";
    if (width(text) <= columns) {
        return text;
    }
    std::vector<std::size_t> starts; // of its characters
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) {
            starts.push_back(i);
        }
    }
    const std::size_t tail = (columns - 1) / 2;
    const std::size_t head = columns - 1 - tail;
    return text.substr(0, starts[head]) + std::string(kMark) +
           text.substr(starts[starts.size() - tail]);
}

std::string one_line(const std::string& text) {
    std::string clean = printable(text);
    std::ranges::replace(clean, '\n', ' ');
    std::ranges::replace(clean, '\t', ' ');
    return clean;
}

} // namespace

std::string TextTable::aligned() const {
    std::vector<std::vector<std::string>> lines = {header_};
    for (const std::vector<std::string>& row : rows_) {
        lines.emplace_back();
        std::ranges::transform(row, std::back_inserter(lines.back()), one_line);
        // What stands last pads nothing.
        for (std::size_t i = 0; i + 1 < lines.back().size(); ++i) {
            lines.back()[i] = cut_in_the_middle(lines.back()[i], kCellColumnsMax);
        }
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
