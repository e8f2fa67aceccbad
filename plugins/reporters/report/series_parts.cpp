#include "series_parts.hpp"

#include "trend_charts.hpp"

#include <limits>

namespace report_reporter {
namespace {

using assay::charts::Tone;

std::vector<Cell> achievement_row(Node row) {
    const std::string unit = text_of(row["unit"]), scale = text_of(row["scale"]);
    const auto gain = row["gain"].number();
    Cell size = cell(change_words(gain ? std::optional(-*gain) : std::nullopt, scale));
    size.tone = Tone::better;
    const std::string range = range_words(row["last_before"], row["first_after"]);
    return {series_cell(row),
            code_cell(platform_words(row)),
            cell(figure_words(row["before"], unit)),
            cell(figure_words(row["after"], unit)),
            std::move(size),
            cell(interval_words(row["interval"], scale)),
            range.empty() ? code_cell("run " + text_of(row["run"]).substr(0, 18))
                          : code_cell(range)};
}

// Shares as per cent.
std::string amount_words(Node value, Node unit) {
    return unit.text() == "1" ? share_words(value) : figure_words(value, unit.text());
}

// Commands of this program that a sentence quotes are code: to be pasted as they stand.
void add_sentence(std::string_view text, Line& line) {
    constexpr std::string_view kBegin = "'assay ";
    for (std::size_t begin = text.find(kBegin); begin != std::string_view::npos;
         begin = text.find(kBegin)) {
        const std::size_t end = text.find('\'', begin + 1);
        if (end == std::string_view::npos) {
            break;
        }
        line.push_back(plain(std::string(text.substr(0, begin))));
        line.push_back(code(std::string(text.substr(begin + 1, end - begin - 1))));
        text.remove_prefix(end + 1);
    }
    line.push_back(plain(std::string(text)));
}

Line advice_line(Node row) {
    Line line{strong(text_of(row["rule"]))};
    if (!row["case"].text().empty()) {
        line.push_back(plain(": "));
        line.push_back(code(text_of(row["case"])));
        if (!row["metric"].text().empty()) {
            line.push_back(plain(" " + text_of(row["metric"])));
        }
    }
    line.push_back(plain(" on "));
    line.push_back(code(text_of(row["platform"])));
    line.push_back(plain(", run "));
    line.push_back(code(text_of(row["run"])));
    line.push_back(plain(". "));
    add_sentence(text_of(row["text"]), line);
    line.push_back(plain(" (Figure " + amount_words(row["figure"], row["unit"]) + ", limit " +
                         amount_words(row["limit"], row["limit_unit"]) + ": " +
                         text_of(row["limit_why"]) + ".)"));
    return line;
}

std::string steps_words(Node row) {
    std::string text;
    const bool directed = row["direction"].text() != "none";
    for (const Node step : row["steps"]) {
        text += (text.empty() ? "" : "; ") +
                change_words(step["change"].number(), step["scale"].text(), directed) + " " +
                range_words(step["last_good"], step["first_bad"]) +
                (step["confirmed"].boolean().value_or(false) ? "" : ", not confirmed");
    }
    return text;
}

std::string drift_words(Node row) {
    const Node drift = row["drift"];
    const std::string size = change_words(
        drift["change"].number(), drift["scale"].text(), row["direction"].text() != "none");
    return size.empty() ? ""
                        : size + " over " + std::to_string(count_of(drift["values"])) + " values";
}

Cell spark_cell(Node row) {
    Cell spark{.tone = tone_of(row["verdict"]), .spark_unit = text_of(row["unit"])};
    for (const Node value : row["line"]) {
        spark.spark.push_back(value.number().value_or(std::numeric_limits<double>::quiet_NaN()));
    }
    return spark;
}

std::vector<Cell> trend_row(Node row) {
    const std::string unit = text_of(row["unit"]);
    const bool directed = row["direction"].text() != "none";
    const Node verdict = row["verdict"];
    Cell word = cell(verdict_words(verdict));
    word.tone = tone_of(verdict);
    const std::string reason = text_of(verdict["reason"]);
    if (!reason.empty() && word.tone != Tone::same && word.tone != Tone::better) {
        word.lines.push_back({plain(reason)});
    }
    const std::string steps = steps_words(row), drift = drift_words(row);
    Cell found;
    for (const std::string& text : {steps, drift.empty() ? drift : "drift " + drift}) {
        if (!text.empty()) {
            found.lines.push_back({plain(text)});
        }
    }
    return {series_cell(row),
            code_cell(platform_words(row)),
            cell(figure_words(row["first"]["value"], unit)),
            cell(figure_words(row["last"]["value"], unit)),
            cell(change_words(row["change"].number(), row["scale"].text(), directed)),
            cell(change_words(verdict["change"].number(), verdict["scale"].text(), directed)),
            spark_cell(row),
            std::move(found),
            std::move(word)};
}

} // namespace

Part achievement_part(Node document) {
    const Node achievements = document["achievements"];
    Part part{.title = "Key achievements"};
    if (achievements["rows"].size() == 0) {
        part.paragraphs.push_back({plain("No series is better than its baseline by more than runs "
                                         "differ, and none has a confirmed step to the better.")});
        return part;
    }
    Table table{.caption = "What got better, the largest first",
                .columns = {{"case, metric"},
                            {"platform"},
                            {"before", true},
                            {"now", true},
                            {"gain", true},
                            {"99.9 % interval", true},
                            {"since"}},
                .rows = {}};
    for (const Node row : achievements["rows"]) {
        table.rows.push_back(achievement_row(row));
    }
    leave_out_one_platform(document, table);
    part.tables.push_back(std::move(table));
    add_left_out(achievements, "improvements", part);
    return part;
}

Part advice_part(Node document) {
    const Node advice = document["recommendations"];
    Part part{.title = "Recommendations"};
    if (advice["rows"].size() == 0) {
        part.paragraphs.push_back(
            {plain(document["alerts"]["rows"].size() > 0
                       ? "No rule speaks beside the alerts above: compare the builds on both sides "
                         "of their commits ('assay compare')."
                       : "No rule of advice speaks.")});
        return part;
    }
    for (const Node row : advice["rows"]) {
        part.list.push_back(advice_line(row));
    }
    add_left_out(advice, "recommendations", part);
    return part;
}

Part trend_part(Node document) {
    const Node trends = document["trends"];
    Part part{.title = "Historical trend"};
    if (trends["rows"].size() == 0) {
        part.paragraphs.push_back({plain("No series has a figure.")});
        return part;
    }
    part.charts = trend_charts(trends);
    Table table{.caption = "Every series from its first run to its newest, the gravest first",
                .columns = {{"case, metric"},
                            {"platform"},
                            {"first", true},
                            {"last", true},
                            {"since the first", true},
                            {"against baseline", true},
                            {"history"},
                            {"steps and drift"},
                            {"verdict"}},
                .rows = {}};
    for (const Node row : trends["rows"]) {
        table.rows.push_back(trend_row(row));
    }
    leave_out_one_platform(document, table);
    part.tables.push_back(std::move(table));
    add_left_out(trends, "series", part);
    return part;
}

} // namespace report_reporter
