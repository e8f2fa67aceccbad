#include "markdown_writer.hpp"

#include "report_text/markdown_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace report_reporter {
namespace {

std::string piece_text(const Piece& piece) {
    constexpr std::size_t kSentence = 2000; // longer than any sentence of a report
    // prose() is for whole texts: what it shows at either end of a piece stands inside a line here.
    const auto spaced = [&piece](const std::string& text) {
        const bool before = piece.text.starts_with(' ') && !text.starts_with(' ');
        const bool after = piece.text.ends_with(' ') && !text.ends_with(' ');
        return (before ? " " : "") + text + (after ? " " : "");
    };
    switch (piece.look) {
    case Piece::Look::plain:
        return spaced(report_text::prose(piece.text, kSentence));
    case Piece::Look::code:
        return report_text::code(piece.text);
    case Piece::Look::strong:
        return "**" + report_text::prose(piece.text) + "**";
    }
    return {};
}

std::string line_text(const Line& line) {
    std::string text;
    for (const Piece& piece : line) {
        text += piece_text(piece);
    }
    return text;
}

// One letter of eight heights for each value; a gap for what is none.
std::string spark_text(const std::vector<double>& values) {
    constexpr std::array<std::string_view, 8> kHeights{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    constexpr std::size_t kLetters = 24;
    std::vector<double> finite;
    std::ranges::copy_if(
        values, std::back_inserter(finite), [](double value) { return std::isfinite(value); });
    if (finite.empty()) {
        return {};
    }
    const auto [low, high] = std::ranges::minmax(finite);
    std::string text;
    const std::size_t count = std::min(values.size(), kLetters);
    for (std::size_t i = 0; i < count; ++i) {
        const double value = values[i * values.size() / count];
        const double share = high > low ? (value - low) / (high - low) : 0.5;
        text += std::isfinite(value)
                    ? kHeights[std::min<std::size_t>(7, static_cast<std::size_t>(share * 8))]
                    : std::string_view(" ");
    }
    return text;
}

std::string cell_text(const Cell& cell) {
    if (!cell.spark.empty()) {
        const std::string spark = spark_text(cell.spark);
        return spark.empty() ? "–" : spark;
    }
    std::string text;
    for (const Line& line : cell.lines) {
        text += (text.empty() ? "" : "<br>") + line_text(line);
    }
    return text.empty() ? "–" : text;
}

std::string table_text(const Table& table) {
    std::string head = "|", rule = "|", rows;
    for (const Column& column : table.columns) {
        head += " " + report_text::prose(column.title) + " |";
        rule += column.is_figure ? "--:|" : ":--|";
    }
    for (const std::vector<Cell>& row : table.rows) {
        rows += "|";
        for (const Cell& cell : row) {
            rows += " " + cell_text(cell) + " |";
        }
        rows += "\n";
    }
    return report_text::prose(table.caption) + ":\n\n" + head + "\n" + rule + "\n" + rows + "\n";
}

std::string part_text(const Part& part) {
    std::string text = "## " + report_text::prose(part.title) + "\n\n";
    for (const Line& paragraph : part.paragraphs) {
        text += line_text(paragraph) + "\n\n";
    }
    for (const Line& item : part.list) {
        text += "- " + line_text(item) + "\n";
    }
    text += part.list.empty() ? "" : "\n";
    for (const Table& table : part.tables) {
        text += table_text(table);
    }
    for (const std::string& note : part.notes) {
        text += report_text::prose(note) + "\n\n";
    }
    return text;
}

} // namespace

std::string markdown_of(const ReportText& report) {
    std::string text = "# " + report_text::prose(report.title) + "\n\n";
    text += report.where.empty() ? "" : line_text(report.where) + "\n\n";
    text += report.headline.empty() ? "" : "**" + report_text::prose(report.headline) + "**";
    text += report.ci.empty() ? "\n\n" : " " + report_text::prose(report.ci, 1000) + "\n\n";
    for (const Part& part : report.parts) {
        text += part_text(part);
    }
    while (text.ends_with("\n\n")) {
        text.pop_back();
    }
    return text;
}

} // namespace report_reporter
