#include "page_writer.hpp"

#include "charts/figures/sparkline.hpp"
#include "charts/layout.hpp"
#include "charts/svg.hpp"
#include "charts/table.hpp"
#include "page_policy/content_hash.hpp"
#include "page_style.hpp"

#include <string_view>

namespace report_reporter {
namespace {

using namespace assay::charts;

constexpr std::size_t kChartRows = 120; // of the table beside a chart
constexpr Size kChartSize{720, 260};

std::string_view class_of(Tone tone) {
    switch (tone) {
    case Tone::worse:
        return "worse";
    case Tone::better:
        return "better";
    case Tone::undecided:
        return "open";
    case Tone::same:
        return "same";
    }
    return "";
}

std::string line_html(const Line& line) {
    std::string html;
    for (const Piece& piece : line) {
        const std::string text = xml_text(piece.text);
        html += piece.look == Piece::Look::code     ? "<code>" + text + "</code>"
                : piece.look == Piece::Look::strong ? "<strong>" + text + "</strong>"
                                                    : text;
    }
    return html;
}

std::string spark_html(const Cell& cell) {
    const Chart chart =
        sparkline_chart({.values = cell.spark, .unit = cell.spark_unit, .tone = cell.tone});
    return svg_text(lay_out(chart), {.style = false, .ground = false});
}

std::string cell_html(const Cell& cell, bool is_figure, bool is_name) {
    std::string kind = is_figure ? "n" : "";
    if (cell.tone != Tone::same) {
        kind += (kind.empty() ? "" : " ") + std::string(class_of(cell.tone));
    }
    const bool is_series = is_name && !cell.is_whole && !cell.lines.empty() &&
                           cell.lines.front().front().look == Piece::Look::code;
    if (is_series || (cell.is_whole && !is_name)) {
        kind += std::string(kind.empty() ? "" : " ") + (is_series ? "s" : "t");
    }
    std::string html = is_name ? "<th scope=\"row\"" : "<td";
    html += (kind.empty() ? "" : " class=\"" + kind + "\"") + ">";
    if (!cell.spark.empty()) {
        html += spark_html(cell);
    } else if (cell.lines.empty()) {
        html += "–";
    }
    for (std::size_t i = 0; i < cell.lines.size(); ++i) {
        html += (i == 0 ? "" : "<br>") + line_html(cell.lines[i]);
    }
    return html + (is_name ? "</th>" : "</td>");
}

std::string table_html(const Table& table) {
    std::string html = "<div class=\"wide\"><table><caption>" + xml_text(table.caption) +
                       "</caption>\n<thead><tr>";
    for (const Column& column : table.columns) {
        html += std::string("<th scope=\"col\"") + (column.is_figure ? " class=\"n\"" : "") + ">" +
                xml_text(column.title) + "</th>";
    }
    html += "</tr></thead>\n<tbody>\n";
    for (const std::vector<Cell>& row : table.rows) {
        html += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool is_name = i == 0 && !table.columns[i].is_figure;
            html += cell_html(row[i], table.columns[i].is_figure, is_name);
        }
        html += "</tr>\n";
    }
    return html + "</tbody></table></div>\n";
}

std::string chart_html(const Chart& chart) {
    return "<figure>" + svg_text(lay_out(chart, kChartSize), {.style = false, .ground = false}) +
           "<details><summary>figures</summary>" + html_table(table_of(chart, kChartRows)) +
           "</details></figure>\n";
}

std::string part_html(const Part& part) {
    std::string html = "<section>\n<h2>" + xml_text(part.title) + "</h2>\n";
    for (const Line& paragraph : part.paragraphs) {
        html += "<p>" + line_html(paragraph) + "</p>\n";
    }
    if (!part.list.empty()) {
        html += "<ul>\n";
        for (const Line& item : part.list) {
            html += "<li>" + line_html(item) + "</li>\n";
        }
        html += "</ul>\n";
    }
    if (!part.charts.empty()) {
        html += "<div class=\"charts\">\n";
        for (const Chart& chart : part.charts) {
            html += chart_html(chart);
        }
        html += "</div>\n";
    }
    for (const Table& table : part.tables) {
        html += table_html(table);
    }
    for (const std::string& note : part.notes) {
        html += "<p class=\"note\">" + xml_text(note) + "</p>\n";
    }
    return html + "</section>\n";
}

} // namespace

std::string page_of(const ReportText& report) {
    const std::string style = std::string(kPageStyle) + chart_style();
    const std::string title = xml_text(report.title);
    std::string html =
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri "
        "'none'; form-action 'none'; style-src '" +
        page_policy::content_hash(style) +
        "'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
        title + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<header><h1>" + title +
        "</h1>\n";
    html += report.where.empty() ? "" : "<p>" + line_html(report.where) + "</p>\n";
    html += "</header>\n<main>\n<div class=\"verdict " + std::string(class_of(report.tone)) +
            "\"><strong>" + xml_text(report.headline) + "</strong>";
    html += report.ci.empty() ? "" : "<p>" + xml_text(report.ci) + "</p>";
    html += "</div>\n";
    for (const Part& part : report.parts) {
        html += part_html(part);
    }
    return html + "</main>\n</body>\n</html>\n";
}

} // namespace report_reporter
