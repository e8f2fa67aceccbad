#include "alert_part.hpp"

namespace report_reporter {
namespace {

using assay::charts::Tone;

Line change_line(Node change) {
    const std::string unit = text_of(change["unit"]);
    const bool directed = change["direction"].text() != "none";
    const std::string size =
        change_words(change["change"].number(), change["scale"].text(), directed);
    return {code(text_of(change["case"])),
            plain(" " + text_of(change["metric"]) + ": " + figure_words(change["before"], unit) +
                  " to " + figure_words(change["after"], unit) +
                  (size.empty() ? "" : ", " + size))};
}

Cell moved_cell(Node alert) {
    Cell moved;
    for (const Node change : alert["changes"]) {
        moved.lines.push_back(change_line(change));
    }
    const std::size_t series = count_of(alert["series"]);
    if (series > moved.lines.size()) {
        moved.lines.push_back(
            {plain("and " + std::to_string(series - moved.lines.size()) + " more series")});
    }
    if (moved.lines.empty()) {
        moved.lines.push_back({plain(text_of(alert["title"]))});
    }
    return moved;
}

Cell answer_cell(Node alert) {
    const std::string note = text_of(alert["note"]), owner = text_of(alert["owner"]);
    const std::string state = text_of(alert["state"]);
    if (!note.empty() || !owner.empty()) {
        const bool opened = state == "open" || state == "reopened"; // said, and not as an answer
        return cell((opened ? "opened again by " : "") + owner +
                    (owner.empty() || note.empty() ? "" : ": ") + note);
    }
    const auto id = alert["id"].integer();
    if (!alert["live"].boolean().value_or(false)) {
        return {};
    }
    return id ? code_cell("assay analyze ack " + std::to_string(*id)) : code_cell("assay analyze");
}

std::vector<Cell> alert_row(Node alert) {
    const bool live = alert["live"].boolean().value_or(false);
    Cell severity = cell(text_of(alert["severity"]));
    severity.tone = live ? Tone::worse : Tone::same;
    const bool is_new = alert["new"].boolean().value_or(false);
    const std::string asleep = minute_words(alert["snoozed_until"]);
    return {std::move(severity),
            cell(text_of(alert["state"]) + (is_new ? ", new" : "") +
                 (asleep.empty() ? "" : ", snoozed until " + asleep)),
            code_cell(range_words(alert["last_good"], alert["first_bad"])),
            code_cell(platform_words(alert)),
            moved_cell(alert),
            answer_cell(alert)};
}

} // namespace

Part alert_part(Node document) {
    const Node alerts = document["alerts"];
    Part part{.title = "Regression alerts"};
    if (alerts["rows"].size() == 0) {
        part.paragraphs.push_back(
            {plain("No alert: over the lines of all runs no step to the worse "
                   "is more than chance. The verdicts above are of the newest "
                   "run alone.")});
        return part;
    }
    Table table{
        .caption = "Steps to the worse, the gravest first: the cause lies behind the first "
                   "commit, up to and with the second",
        .columns = {{"severity"}, {"state"}, {"commits"}, {"platform"}, {"what moved"}, {"answer"}},
        .rows = {}};
    for (const Node alert : alerts["rows"]) {
        table.rows.push_back(alert_row(alert));
    }
    leave_out_one_platform(document, table);
    part.tables.push_back(std::move(table));
    add_left_out(alerts, "alerts", part);
    return part;
}

} // namespace report_reporter
