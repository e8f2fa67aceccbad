#include "history_parts.hpp"

#include <array>
#include <string_view>

namespace report_reporter {
namespace {

constexpr std::array<std::string_view, 6> kOutcomes{
    "regressed", "improved", "same", "undecided", "failed", "lost"};

std::string number_words(Node node) {
    return std::to_string(count_of(node));
}

// Of the window: that of commits, where the newest run of any platform has one.
std::string window_moment(Node summary) {
    for (const Node platform : summary["platforms"]) {
        if (!platform["newest"]["commit"].text().empty()) {
            return "commit time";
        }
    }
    return "start of the run";
}

Table overview_table(Node summary) {
    const std::string moment = window_moment(summary);
    Table table{.caption = "What was looked at",
                .columns = {{"benchmarks", true},
                            {"metrics", true},
                            {"series", true},
                            {"runs", true},
                            {"platforms", true},
                            {moment + ", oldest"},
                            {moment + ", newest"}},
                .rows = {}};
    table.rows.push_back({cell(number_words(summary["benchmarks"])),
                          cell(number_words(summary["metrics"])),
                          cell(number_words(summary["series"])),
                          cell(number_words(summary["runs"])),
                          cell(std::to_string(summary["platforms"].size())),
                          cell(day_words(summary["first"])),
                          cell(day_words(summary["last"]))});
    return table;
}

// Of the newest run, and the median of all: "1.54 % (1.18 %)".
std::string noise_words(Node platform) {
    const std::string newest = share_words(platform["noise_newest"]);
    const std::string median = share_words(platform["noise_median"]);
    return newest.empty() && median.empty()
               ? ""
               : (newest.empty() ? "–" : newest) + (median.empty() ? "" : " (" + median + ")");
}

std::string newest_words(Node newest) {
    const std::string run = run_words(newest);
    return run.empty() ? ""
                       : run + (newest["commit"].text().empty() ? " started " : " committed ") +
                             day_words(newest["time"]);
}

Table platform_table(Node summary) {
    Table table{.caption = "Series of each platform by their newest run, and how much equal work "
                           "differs on its host",
                .columns = {{"platform"}, {"branch"}, {"newest run"}, {"runs", true}},
                .rows = {}};
    for (const std::string_view outcome : kOutcomes) {
        table.columns.push_back({std::string(outcome), true});
    }
    table.columns.push_back({"noise (median)", true});
    for (const Node platform : summary["platforms"]) {
        const std::string project = text_of(platform["project"]);
        std::vector<Cell> row{
            code_cell(text_of(platform["label"]) + (project.empty() ? "" : " of " + project)),
            cell(text_of(platform["branch"])),
            code_cell(newest_words(platform["newest"])),
            cell(number_words(platform["runs"]))};
        for (const std::string_view outcome : kOutcomes) {
            row.push_back(cell(number_words(platform["counts"][outcome])));
        }
        row.push_back(cell(noise_words(platform)));
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string outcomes_words(Node outcomes) {
    std::string text;
    for (const Node outcome : outcomes) {
        text +=
            (text.empty() ? "" : ", ") + number_words(outcome) + " " + std::string(outcome.key());
    }
    return text;
}

} // namespace

Part summary_part(Node document) {
    const Node summary = document["summary"];
    Part part{.title = "Executive summary"};
    if (summary["platforms"].size() == 0) {
        part.notes.push_back("Nothing is recorded that could be reported: 'assay run --record' "
                             "records a run, 'assay import' takes those of other tools.");
        return part;
    }
    part.tables.push_back(overview_table(summary));
    part.tables.push_back(platform_table(summary));
    std::size_t left_out = 0;
    for (const Node platform : summary["platforms"]) {
        left_out += count_of(platform["runs_left_out"]);
    }
    if (left_out > 0) {
        part.notes.push_back(std::to_string(left_out) + " older runs are left out (--runs).");
    }
    return part;
}

Part gate_part(Node document) {
    const Node ci = document["ci"];
    Part part{.title = "CI summary"};
    part.paragraphs.push_back({plain(text_of(ci["text"]))});
    if (ci["judgements"].size() == 0) {
        return part;
    }
    Table table{.caption = "Lines of the gate over the newest run of each platform",
                .columns = {{"platform"}, {"run"}, {"rules"}, {"lines"}, {"exit code", true}},
                .rows = {}};
    for (const Node one : ci["judgements"]) {
        const bool kept = one["recorded"].boolean().value_or(false);
        table.rows.push_back(
            {code_cell(text_of(one["platform"])),
             code_cell(text_of(one["run"])),
             kept ? cell("as the gate of this run found") : code_cell(text_of(one["gates"])),
             cell(outcomes_words(one["outcomes"])),
             cell(number_words(one["exit_code"]))});
    }
    part.tables.push_back(std::move(table));
    part.notes.push_back("This report decides nothing: 'assay gate' does.");
    return part;
}

Part method_part(Node document) {
    Part part{.title = "Methodology"};
    for (const Node note : document["methodology"]) {
        part.list.push_back({strong(text_of(note["topic"])), plain(": " + text_of(note["text"]))});
    }
    return part;
}

} // namespace report_reporter
