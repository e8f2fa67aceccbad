#include "words.hpp"

#include "charts/number_text.hpp"
#include "charts/unit_scale.hpp"

#include <algorithm>
#include <cmath>

namespace report_reporter {
namespace {

using assay::charts::Tone;
using assay::import_formats::JsonKind;

constexpr double kPercent = 100;
constexpr std::size_t kDigitsOfRun = 12;
constexpr std::size_t kDigitsOfDay = 10, kDigitsOfMinute = 16; // "2026-11-20"

struct Scale {
    double times = kPercent;
    int significant = 3;
    std::string_view unit = " %";
};

Scale scale_of(std::string_view name) {
    if (name == "points") {
        return {kPercent, 3, " points"};
    }
    if (name == "logit") {
        return {1, 3, " log odds"};
    }
    return {};
}

std::string spaced(std::string word) {
    std::ranges::replace(word, '_', ' ');
    return word;
}

} // namespace

std::string text_of(Node node) {
    return std::string(node.text());
}

std::size_t count_of(Node node) {
    const auto value = node.integer().value_or(0);
    return value < 0 ? 0 : static_cast<std::size_t>(value);
}

std::string figure_words(Node node, std::string_view unit) {
    const auto value = node.number();
    return value ? figure_words(*value, unit) : "";
}

std::string figure_words(double value, std::string_view unit) {
    return std::isfinite(value) ? assay::charts::value_text(value, unit) : "";
}

std::string change_words(std::optional<double> change, std::string_view scale, bool directed) {
    if (!change || !std::isfinite(*change)) {
        return "";
    }
    const Scale told = scale_of(scale);
    const std::string size =
        assay::charts::short_number(std::abs(*change) * told.times, told.significant) +
        std::string(told.unit);
    if (*change == 0) {
        return "0" + std::string(told.unit);
    }
    const bool more = *change > 0;
    return size + (directed ? (more ? " worse" : " better") : (more ? " more" : " less"));
}

std::string interval_words(Node pair, std::string_view scale) {
    if (pair.size() != 2) {
        return "";
    }
    std::string text;
    const Scale told = scale_of(scale);
    for (const Node end : pair) {
        const auto value = end.number();
        text += (text.empty() ? "[" : ", ") +
                (value ? assay::charts::short_number(*value * told.times, told.significant) : "–");
    }
    return text + "]" + std::string(told.unit);
}

std::string share_words(Node node) {
    const auto share = node.number();
    return share ? assay::charts::short_number(*share * kPercent, 3) + " %" : "";
}

std::string run_words(Node run) {
    const std::string commit = text_of(run["commit"]);
    return (commit.empty() ? text_of(run["run"]) : commit).substr(0, kDigitsOfRun);
}

std::string range_words(Node last_good, Node first_bad) {
    const std::string from = run_words(last_good), to = run_words(first_bad);
    return from.empty() && to.empty() ? "" : "(" + from + ", " + to + "]";
}

std::string moment_words(Node first, Node last) {
    const bool one = !first["commit"].text().empty(), other = !last["commit"].text().empty();
    return one && other   ? "commit time"
           : one || other ? "commit time, else start of the run"
                          : "start of the run";
}

std::string day_words(Node time) {
    return text_of(time).substr(0, kDigitsOfDay);
}

std::string minute_words(Node time) {
    const std::string text = text_of(time).substr(0, kDigitsOfMinute);
    return text.empty() ? text : text + " UTC";
}

std::string verdict_words(Node verdict) {
    const std::string_view outcome = verdict["outcome"].text();
    const std::string symbol = outcome == "failed" || outcome == "lost" ? "✗ "
                               : outcome == "regressed"                 ? "▲ "
                               : outcome == "improved"                  ? "▼ "
                               : outcome == "same"                      ? "= "
                                                                        : "? ";
    if (outcome == "lost") {
        return symbol + "lost";
    }
    const std::string word = text_of(verdict["word"]);
    const std::string severity = text_of(verdict["severity"]);
    return symbol + (word.empty() ? "not judged" : spaced(word)) +
           (severity.empty() ? "" : " (" + severity + ")");
}

Tone tone_of(Node verdict) {
    const std::string_view outcome = verdict["outcome"].text();
    if (outcome == "failed" || outcome == "lost" || outcome == "regressed") {
        return Tone::worse;
    }
    if (outcome == "improved") {
        return Tone::better;
    }
    return outcome == "same" ? Tone::same : Tone::undecided;
}

Cell cell(std::string text) {
    return text.empty() ? Cell{} : Cell{.lines = {{plain(std::move(text))}}};
}

Cell code_cell(std::string text) {
    return text.empty() ? Cell{} : Cell{.lines = {{code(std::move(text))}}, .is_whole = true};
}

Cell series_cell(Node row) {
    return {.lines = {{code(text_of(row["case"])), plain(" " + text_of(row["metric"]))}}};
}

std::string platform_words(Node row) {
    const std::string project = text_of(row["project"]);
    return text_of(row["platform"]) + (project.empty() ? "" : " of " + project);
}

void leave_out_one_platform(Node document, Table& table) {
    if (document["summary"]["platforms"].size() != 1) {
        return;
    }
    const auto at = std::ranges::find(table.columns, "platform", &Column::title);
    if (at == table.columns.end()) {
        return;
    }
    const auto place = at - table.columns.begin();
    table.columns.erase(at);
    for (std::vector<Cell>& row : table.rows) {
        row.erase(row.begin() + place);
    }
}

void add_left_out(Node list, std::string_view what, Part& part) {
    if (const std::size_t left = count_of(list["left_out"]); left > 0) {
        part.notes.push_back(std::to_string(left) + " more of " +
                             std::to_string(count_of(list["total"])) + " " + std::string(what) +
                             " are left out here, of less weight.");
    }
}

} // namespace report_reporter
