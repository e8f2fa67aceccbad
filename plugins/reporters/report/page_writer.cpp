#include "page_writer.hpp"

#include "charts/figures/sparkline.hpp"
#include "charts/layout.hpp"
#include "charts/svg.hpp"
#include "page_layout/page_chart.hpp"
#include "page_layout/stacked_table.hpp"
#include "page_policy/content_hash.hpp"
#include "page_style.hpp"

#include <string_view>

namespace report_reporter {
namespace {

using namespace assay::charts;

constexpr std::size_t kChartRows = 120; // of the table beside a chart
constexpr Size kChartSize{560, 260};

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

// Of the tables of a page in their order: what its style knows them by.
std::string table_class(std::size_t number) {
    return "t" + std::to_string(number);
}

std::string table_style(const ReportText& report) {
    std::string style = page_layout::stacked_style();
    std::size_t number = 0;
    for (const Part& part : report.parts) {
        for (const Table& table : part.tables) {
            std::vector<std::string> titles;
            for (const Column& column : table.columns) {
                titles.push_back(column.title);
            }
            style += page_layout::stacked_titles(table_class(number++), titles);
        }
    }
    return style;
}

std::string table_html(const Table& table, std::size_t number) {
    std::string html = "<div class=\"wide\"><table class=\"stacked " + table_class(number) +
                       "\"><caption>" + xml_text(table.caption) + "</caption>\n<thead><tr>";
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
    return "<figure>" + page_layout::page_chart(chart, kChartSize) +
           page_layout::chart_figures(chart, kChartRows) + "</figure>\n";
}

// `tables`: how many came before it.
std::string part_html(const Part& part, std::size_t& tables) {
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
        html += table_html(table, tables++);
    }
    for (const std::string& note : part.notes) {
        html += "<p class=\"note\">" + xml_text(note) + "</p>\n";
    }
    return html + "</section>\n";
}

} // namespace

std::string page_of(const ReportText& report) {
    const std::string style = std::string(kPageStyle) + chart_style() +
                              page_layout::page_chart_style() + table_style(report);
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
    std::size_t tables = 0;
    for (const Part& part : report.parts) {
        html += part_html(part, tables);
    }
    return html + "</main>\n</body>\n</html>\n";
}

} // namespace report_reporter
