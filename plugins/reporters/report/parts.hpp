// A report as the parts that every format writes: paragraphs, lists, tables and charts, with texts
// as they came.
//
//   const ReportText report = report_text_of(document);
//   out.write(markdown_of(report));           // markdown_writer.hpp
//   out.write(page_of(report));               // page_writer.hpp
//
// Whoever writes a text makes it safe for its format. Pure.
#pragma once

#include "charts/chart.hpp"
#include "charts/figures/tone.hpp"
#include "import_formats/json_tree.hpp"

#include <string>
#include <vector>

namespace report_reporter {

// A piece of a line: prose, a name or command, or what is stressed.
struct Piece {
    enum class Look { plain, code, strong };
    std::string text;
    Look look = Look::plain;
};

using Line = std::vector<Piece>;

[[nodiscard]] inline Piece plain(std::string text) {
    return {std::move(text), Piece::Look::plain};
}

[[nodiscard]] inline Piece code(std::string text) {
    return {std::move(text), Piece::Look::code};
}

[[nodiscard]] inline Piece strong(std::string text) {
    return {std::move(text), Piece::Look::strong};
}

struct Cell {
    std::vector<Line> lines = {}; // none: not known, a dash
    assay::charts::Tone tone = assay::charts::Tone::same;
    std::vector<double> spark = {}; // instead of lines: the shape of a series
    std::string spark_unit = {};
    bool is_whole = false; // never broken over lines: a commit range, a command
};

struct Column {
    std::string title;
    bool is_figure = false; // stands at the right
};

struct Table {
    std::string caption;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;
};

// One heading and what stands below it, in this order.
struct Part {
    std::string title;
    std::vector<Line> paragraphs = {};
    std::vector<Line> list = {};
    std::vector<assay::charts::Chart> charts = {}; // in a page; a text has the table
    std::vector<Table> tables = {};
    std::vector<std::string> notes = {}; // what is left out, what is not known
};

struct ReportText {
    std::string title;
    Line where = {};
    assay::charts::Tone tone = assay::charts::Tone::same; // of the headline
    std::string headline = {}, ci = {};
    std::vector<Part> parts = {};
};

[[nodiscard]] ReportText report_text_of(assay::import_formats::JsonNode document);

} // namespace report_reporter
