#include "tracking/analysis_document.hpp"

#include "tracking/alert_snooze.hpp"
#include "tracking/document_values.hpp"
#include "tracking/series_choice.hpp"
#include "tracking/told_words.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace assay::tracking {
namespace {

json::value run_point(const BranchLines& lines, std::size_t run) {
    const BranchRun& one = lines.runs[run];
    return json::object{
        {"run", one.uuid}, {"commit", optional_text(one.sha)}, {"time", instant_value(one.when)}};
}

json::object series_head(const SeriesLine& line) {
    const history::Series& series = line.row.series;
    return {{"case", series.case_id},
            {"metric", series.metric},
            {"unit", series.unit},
            {"direction", std::string(measure::name_of(series.direction))}};
}

json::object change_value(const BranchLines& lines, const SeriesLine& line, const LineChange& one) {
    json::object value = series_head(line);
    value["last_good"] = run_point(lines, line.runs[one.index - 1]);
    value["first_bad"] = run_point(lines, line.runs[one.index]);
    value["before"] = json_number(one.before);
    value["after"] = json_number(one.after);
    value["change"] = optional_number(one.size);
    value["scale"] = std::string(verdict::name_of(one.scale));
    value["worse"] = one.worse;
    value["p"] = optional_number(one.p);
    value["fence"] = optional_number(one.fence);
    value["n_before"] = json_count(one.n_before);
    value["n_after"] = json_count(one.n_after);
    value["state"] = one.state == statistics::PointState::confirmed ? "confirmed" : "candidate";
    value["standing"] = std::string(verdict::name_of(one.standing));
    value["over"] = one.over;
    value["counted"] = one.counted;
    value["severity"] = one.severity
                            ? json::value(std::string(verdict::name_of(one.severity->size)))
                            : json::value(nullptr);
    return value;
}

} // namespace

json::object
alert_value(const BranchAnalysis& analysis, const BranchAlert& alert, std::int64_t now) {
    const BranchLines& lines = analysis.lines;
    json::array members;
    for (const AlertMember& member : alert.members) {
        members.push_back(change_value(lines,
                                       lines.lines[member.line],
                                       analysis.findings[member.line].changes[member.change]));
    }
    const auto end = [&lines](const std::optional<std::size_t>& run) {
        return run ? run_point(lines, *run) : json::value(nullptr);
    };
    return {{"id", alert.row.id == 0 ? json::value(nullptr) : json::value(alert.row.id)},
            {"kind", std::string(name_of(alert.kind))},
            {"cause", std::string(verdict::name_of(alert.cause))},
            {"state", alert.row.state},
            {"was", optional_text(alert.was)},
            {"new", is_new(alert, lines)},
            {"severity", alert.row.severity},
            {"title", alert.row.title},
            {"joins", alert.joins == 0 ? json::value(nullptr) : json::value(alert.joins)},
            {"opened_run", alert.row.opened_run},
            {"owner", optional_text(alert.row.owner)},
            {"note", optional_text(alert.row.note)},
            {"snoozed_until",
             instant_value(is_snoozed(alert.row, now) ? alert.row.snoozed_until : std::nullopt)},
            {"last_good", end(alert.last_good)},
            {"first_bad", end(alert.first_bad)},
            {"changes", std::move(members)}};
}

namespace {

json::array shift_values(const BranchAnalysis& analysis) {
    json::array values;
    for (const MachineShift& shift : analysis.shifts) {
        values.push_back(json::object{{"first", run_point(analysis.lines, shift.first)},
                                      {"last", run_point(analysis.lines, shift.end - 1)},
                                      {"runs", json_count(shift.end - shift.first)},
                                      {"cause", std::string(verdict::name_of(shift.cause))},
                                      {"size", json_number(std::expm1(shift.size))},
                                      {"beyond", json_count(shift.beyond)},
                                      {"series", json_count(shift.series)},
                                      {"lasts", shift.lasts},
                                      {"reason", shift.reason}});
    }
    return values;
}

json::array drift_values(const BranchAnalysis& analysis) {
    json::array values;
    for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
        const SeriesLine& line = analysis.lines.lines[i];
        for (const LineDrift& drift : analysis.findings[i].drifts) {
            json::object value = series_head(line);
            value["first"] = run_point(analysis.lines, line.runs[drift.first]);
            value["last"] = run_point(analysis.lines, line.runs[drift.end - 1]);
            value["values"] = json_count(drift.end - drift.first);
            value["change"] = json_number(drift.change);
            value["scale"] = std::string(verdict::name_of(drift.scale));
            value["p"] = json_number(drift.p);
            value["now"] = drift.end == line.values.size();
            values.push_back(std::move(value));
        }
    }
    return values;
}

void note_newest(const BranchAnalysis& analysis,
                 std::size_t place,
                 std::vector<AnalysisNote>& notes) {
    const SeriesLine& line = analysis.lines.lines[place];
    const LineFindings& found = analysis.findings[place];
    const bool outlies = !found.outliers.empty() && found.outliers.back() + 1 == line.values.size();
    if (outlies || found.newest_apart) {
        notes.push_back({"outlier",
                         place,
                         "the newest value does not belong to the others (generalised ESD); one "
                         "run confirms nothing"});
    }
    if (found.spread) {
        notes.push_back({"spread",
                         place,
                         fmt::format("the newest runs differ {:.1f} times as much as those before "
                                     "them (p {:.1g})",
                                     found.spread->ratio,
                                     found.spread->p)});
    }
    if (found.changes.empty()) {
        return;
    }
    const LineChange& newest = found.changes.back();
    if (!newest.counted) {
        const std::string size =
            newest.size ? change_text(*newest.size, name_of(newest.scale), line.kind.direction)
                        : "from none";
        notes.push_back({"chance",
                         place,
                         fmt::format("a step ({}, p {:.1g}) is no more than chance gives over "
                                     "so many series",
                                     size,
                                     newest.p.value_or(1))});
    }
}

} // namespace

json::object analysis_branch(const ShownAnalysis& shown) {
    const BranchAnalysis& analysis = shown.analysis;
    const BranchLines& lines = analysis.lines;
    json::array alerts;
    for (const BranchAlert& alert : shown.book.alerts) {
        alerts.push_back(alert_value(analysis, alert, shown.book.at));
    }
    json::array changes;
    for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
        for (const LineChange& change : analysis.findings[i].changes) {
            changes.push_back(change_value(lines, lines.lines[i], change));
        }
    }
    json::array notes;
    for (const AnalysisNote& note : analysis_notes(analysis)) {
        json::object value = series_head(lines.lines[note.line]);
        value["kind"] = note.kind;
        value["text"] = note.text;
        notes.push_back(std::move(value));
    }
    return {{"project", optional_text(shown.project)},
            {"platform", platform_value(lines.platform.label, lines.platform.fingerprint)},
            {"branch", optional_text(lines.branch)},
            {"runs", json_count(lines.runs.size())},
            {"series", json_count(lines.lines.size())},
            {"too_short", json_count(analysis.too_short)},
            {"dirty_runs", json_count(lines.dirty_runs)},
            {"newest", run_point(lines, lines.newest())},
            {"alerts", std::move(alerts)},
            {"changes", std::move(changes)},
            {"drifts", drift_values(analysis)},
            {"shifts", shift_values(analysis)},
            {"notes", std::move(notes)}};
}

json::object analysis_document(const std::vector<ShownAnalysis>& all, const AnalysisHead& head) {
    json::array branches;
    for (const ShownAnalysis& shown : all) {
        branches.push_back(analysis_branch(shown));
    }
    json::array left_out;
    for (const DirtyPlatform& one : head.left_out) {
        left_out.push_back(
            json::object{{"platform", platform_value(one.platform.label, one.platform.fingerprint)},
                         {"branch", optional_text(one.branch)},
                         {"runs", json_count(one.runs)},
                         {"reason", "dirty"}});
    }
    return {{"schema", "assay.analysis/1"},
            {"history", head.where},
            {"detector", head.detector},
            {"early", head.early},
            {"statistic", std::string(name_of(head.statistic))},
            {"kept", head.kept},
            {"left_out", std::move(left_out)},
            {"branches", std::move(branches)}};
}

std::vector<AnalysisNote> analysis_notes(const BranchAnalysis& analysis) {
    std::vector<AnalysisNote> notes;
    for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
        note_newest(analysis, i, notes);
    }
    return notes;
}

std::vector<std::pair<std::size_t, std::size_t>> calm_changes(const BranchAnalysis& analysis) {
    std::vector<std::pair<std::size_t, std::size_t>> calm;
    for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
        const auto& changes = analysis.findings[i].changes;
        if (changes.empty() || changes.back().worse || !changes.back().counted) {
            continue;
        }
        // What it mended stands before it, else it reads as better than ever.
        if (changes.size() > 1 && changes[changes.size() - 2].worse) {
            calm.emplace_back(i, changes.size() - 2);
        }
        calm.emplace_back(i, changes.size() - 1);
    }
    return calm;
}

} // namespace assay::tracking
