#include "comparison_part.hpp"

#include <string_view>

namespace report_reporter {
namespace {

using assay::charts::Tone;

// The words for one side: those it was named by, and its commit.
std::string side_words(Node side) {
    const std::string asked = text_of(side["asked"]), run = run_words(side);
    return run.starts_with(asked) || text_of(side["run"]).starts_with(asked) ? run
                                                                             : asked + " = " + run;
}

// The newer above the older; a dash where one has none.
Cell both(std::string newer, std::string older) {
    const auto line = [](std::string text) { return Line{plain(text.empty() ? "–" : text)}; };
    return {.lines = {line(std::move(newer)), line(std::move(older))}, .is_whole = true};
}

std::string whole_words(Node node) {
    const auto value = node.integer();
    return value ? std::to_string(*value) : "";
}

std::vector<Cell> pair_row(Node row) {
    const Node run = row["run"], against = row["against"], verdict = row["verdict"];
    const std::string unit = text_of(row["unit"]), scale = text_of(verdict["scale"]);
    std::vector<Cell> cells{series_cell(row), both("newer", "older")};
    for (const std::string_view key : {"min", "mean", "stddev", "median", "max"}) {
        cells.push_back(both(figure_words(run[key], unit), figure_words(against[key], unit)));
    }
    for (const std::string_view key : {"rounds", "outliers"}) {
        cells.push_back(both(whole_words(run[key]), whole_words(against[key])));
    }
    const bool directed = row["direction"].text() != "none";
    Cell change = cell(change_words(verdict["change"].number(), scale, directed));
    if (const std::string interval = interval_words(verdict["interval"], scale);
        !interval.empty() && !change.lines.empty()) {
        change.lines.push_back({plain(interval)});
    }
    change.tone = tone_of(verdict);
    cells.push_back(std::move(change));
    Cell word = cell(verdict_words(verdict));
    word.tone = tone_of(verdict);
    if (const std::string reason = text_of(verdict["reason"]);
        !reason.empty() && word.tone != Tone::same) {
        word.lines.push_back({plain(reason)});
    }
    cells.push_back(std::move(word));
    return cells;
}

} // namespace

Part comparison_part(Node document) {
    const Node comparison = document["comparison"];
    Part part{.title = "Two runs"};
    part.paragraphs.push_back({plain("Newer "),
                               code(side_words(comparison["run"])),
                               plain(" of " + day_words(comparison["run"]["time"]) + " on "),
                               code(text_of(comparison["run"]["platform"])),
                               plain(", older "),
                               code(side_words(comparison["against"])),
                               plain(" of " + day_words(comparison["against"]["time"]) + " on "),
                               code(text_of(comparison["against"]["platform"])),
                               plain(".")});
    if (comparison["rows"].size() == 0) {
        part.paragraphs.push_back({plain("Neither has a figure.")});
        return part;
    }
    Table table{.caption = "Samples of both runs, and what the history says of the change",
                .columns = {{"case, metric"},
                            {"run"},
                            {"least", true},
                            {"mean", true},
                            {"std. deviation", true},
                            {"median", true},
                            {"most", true},
                            {"rounds", true},
                            {"outliers", true},
                            {"change, 99.9 % interval (+ = worse)", true},
                            {"verdict"}},
                .rows = {}};
    for (const Node row : comparison["rows"]) {
        table.rows.push_back(pair_row(row));
    }
    part.tables.push_back(std::move(table));
    add_left_out(comparison, "series", part);
    return part;
}

} // namespace report_reporter
