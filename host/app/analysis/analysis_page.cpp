#include "app/analysis/analysis_page.hpp"

#include "app/history/figure_words.hpp"
#include "app/history/instant.hpp"
#include "app/message.hpp"
#include "support/percent.hpp"
#include "support/text.hpp"
#include "tracking/alert_snooze.hpp"
#include "tracking/series_choice.hpp"
#include "tracking/told_words.hpp"
#include "verdict/amount.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace assay::app {
namespace {

using tracking::BranchAlert;
using tracking::BranchAnalysis;
using tracking::BranchLines;
using tracking::LineChange;
using tracking::LineDrift;
using tracking::SeriesLine;
using verdict::AlertState;

constexpr std::size_t kSeriesShown = 5; // of one alert

std::string run_words(const BranchLines& lines, std::size_t run) {
    const tracking::BranchRun& one = lines.runs[run];
    return one.sha.empty() ? one.uuid.substr(0, lines.name_digits) : short_commit(one.sha);
}

std::string interval_words(const BranchLines& lines, std::size_t good, std::size_t bad) {
    return "(" + run_words(lines, good) + ", " + run_words(lines, bad) + "]";
}

std::string p_words(const std::optional<double>& p) {
    return !p ? std::string(kNotKnown) : *p == 0 ? "0" : fmt::format("{:.1g}", *p);
}

// Positive is worse, whatever the direction; of figures without one, more.
std::string change_words(const std::optional<double>& change,
                         verdict::ChangeScale scale,
                         measure::Direction direction) {
    return change ? tracking::change_text(*change, name_of(scale), direction) : "from none";
}

std::string state_words(const BranchAlert& alert, const BranchLines& lines) {
    if (alert.was != "reopened" && alert.state == AlertState::reopened) {
        return "reopened";
    }
    if (tracking::is_new(alert, lines) && alert.state == AlertState::open) {
        return "new";
    }
    return std::string(verdict::name_of(alert.state));
}

// What an alert that is over for long, or was meant to be, has to say is in the document.
bool is_shown(const BranchAlert& alert) {
    return verdict::is_live(alert.state) ||
           (alert.state == AlertState::fixed && alert.was != "fixed" && alert.was != "candidate" &&
            !alert.was.empty());
}

std::vector<std::string> change_cells(const SeriesLine& line, const LineChange& change) {
    const history::Series& series = line.row.series;
    return {tracking::series_name(series),
            verdict::figure_text(change.before, series.unit),
            verdict::figure_text(change.after, series.unit),
            change_words(change.size, change.scale, series.direction),
            p_words(change.p),
            std::to_string(change.n_after)};
}

std::string number_of(const BranchAlert& alert) {
    return alert.row.id == 0 ? std::string(kNotKnown) : std::to_string(alert.row.id);
}

void add_alert(const BranchAnalysis& analysis,
               const BranchAlert& alert,
               bool is_asleep,
               TextTable& table) {
    const BranchLines& lines = analysis.lines;
    const bool known = alert.last_good && alert.first_bad;
    std::vector<std::string> head{
        number_of(alert),
        state_words(alert, lines) + (is_asleep ? ", snoozed" : ""),
        alert.kind == tracking::AlertKind::machine_shift ? "machine" : alert.row.severity,
        known ? interval_words(lines, *alert.last_good, *alert.first_bad) : std::string(kNotKnown)};
    if (alert.members.empty()) {
        head.insert(head.end(), {alert.row.title, "", "", "not found now", "", ""});
        table.add(std::move(head));
        return;
    }
    std::size_t shown = 0;
    for (const tracking::AlertMember& member : alert.members) {
        std::vector<std::string> row =
            shown == 0 ? head : std::vector<std::string>(head.size(), "");
        if (shown == kSeriesShown) {
            row.insert(row.end(),
                       {fmt::format("and {} more series", alert.members.size() - shown),
                        "",
                        "",
                        "",
                        "",
                        ""});
            table.add(std::move(row));
            return;
        }
        const auto cells = change_cells(lines.lines[member.line],
                                        analysis.findings[member.line].changes[member.change]);
        row.insert(row.end(), cells.begin(), cells.end());
        table.add(std::move(row));
        ++shown;
    }
}

std::string counts_words(const tracking::ShownAnalysis& shown) {
    std::map<std::string, std::size_t> counts;
    for (const BranchAlert& alert : shown.book.alerts) {
        if (is_shown(alert)) {
            ++counts[state_words(alert, shown.analysis.lines)];
        }
    }
    std::vector<std::string> parts;
    for (const char* const word :
         {"new", "reopened", "open", "acknowledged", "candidate", "fixed"}) {
        if (counts.contains(word)) {
            parts.push_back(fmt::format("{} {}", counts[word], word));
        }
    }
    return parts.empty() ? "none" : join(parts, ", ");
}

std::string snoozed_part(const tracking::ShownAnalysis& shown) {
    std::string text;
    for (const BranchAlert& alert : shown.book.alerts) {
        if (is_shown(alert) && tracking::is_snoozed(alert.row, shown.book.at)) {
            text += "alert " + number_of(alert) + " is snoozed until " +
                    date_text(*alert.row.snoozed_until) + "\n";
        }
    }
    return text;
}

std::string joined_part(const tracking::ShownAnalysis& shown) {
    std::string text;
    for (const BranchAlert& alert : shown.book.alerts) {
        if (is_shown(alert) && alert.joins != 0) {
            text += fmt::format("alert {} joined since alert {} of the same commits was "
                                "acknowledged or snoozed: {}\n",
                                number_of(alert),
                                alert.joins,
                                alert.row.title);
        }
    }
    return text;
}

// Of a regression the gate says another word where its run lies elsewhere than the level, or its
// rule has limits of its own.
constexpr const char* kSeverityWords = "severity is that of the step from level to level; a gate "
                                       "weighs its one run, by its own limits\n";

// What was accepted alarms nobody; its number is what `reopen` asks for.
std::string expected_part(const tracking::ShownAnalysis& shown) {
    std::string text;
    for (const BranchAlert& alert : shown.book.alerts) {
        if (alert.row.state == "expected") {
            text += "alert " + number_of(alert) + " is expected: " + alert.row.title +
                    (alert.row.note.empty() ? "" : " (" + alert.row.note + ")") + "\n";
        }
    }
    return text;
}

std::string alerts_part(const tracking::ShownAnalysis& shown) {
    std::string text = "\nalerts: " + counts_words(shown) + "\n";
    TextTable table({"alert",
                     "state",
                     "severity",
                     "(last good, first bad]",
                     "series",
                     "before",
                     "after",
                     "change",
                     "p",
                     "runs since"});
    for (const BranchAlert& alert : shown.book.alerts) {
        if (is_shown(alert)) {
            add_alert(shown.analysis, alert, tracking::is_snoozed(alert.row, shown.book.at), table);
        }
    }
    return text +
           (table.empty()
                ? ""
                : table.aligned() + kSeverityWords + snoozed_part(shown) + joined_part(shown)) +
           expected_part(shown);
}

std::string calm_part(const BranchAnalysis& analysis) {
    const auto calm = tracking::calm_changes(analysis);
    if (calm.empty()) {
        return {};
    }
    TextTable table({"(last before, first after]",
                     "series",
                     "before",
                     "after",
                     "change",
                     "p",
                     "runs since",
                     "level"});
    for (const auto& [place, index] : calm) {
        const SeriesLine& line = analysis.lines.lines[place];
        const LineChange& change = analysis.findings[place].changes[index];
        std::vector<std::string> row{
            interval_words(analysis.lines, line.runs[change.index - 1], line.runs[change.index])};
        for (std::string& cell : change_cells(line, change)) {
            row.push_back(std::move(cell));
        }
        row.emplace_back(verdict::name_of(change.standing));
        table.add(std::move(row));
    }
    return "\nsteps that alarm nobody\n" + table.aligned();
}

std::string drift_part(const BranchAnalysis& analysis) {
    TextTable table({"drifts since", "series", "runs", "change", "p"});
    for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
        const SeriesLine& line = analysis.lines.lines[i];
        for (const LineDrift& drift : analysis.findings[i].drifts) {
            if (drift.end == line.values.size()) {
                table.add({run_words(analysis.lines, line.runs[drift.first]),
                           tracking::series_name(line.row.series),
                           std::to_string(drift.end - drift.first),
                           change_words(drift.change, drift.scale, line.row.series.direction),
                           p_words(drift.p)});
            }
        }
    }
    return table.empty() ? std::string() : "\n" + table.aligned();
}

std::string remarks_part(const BranchAnalysis& analysis) {
    const BranchLines& lines = analysis.lines;
    std::string text;
    for (const tracking::MachineShift& shift : analysis.shifts) {
        const std::size_t runs = shift.end - shift.first;
        text += fmt::format("shift  {}, {} {}{}: {}\n",
                            run_words(lines, shift.first),
                            runs,
                            runs == 1 ? "run" : "runs",
                            shift.lasts ? " and since" : "",
                            shift.reason);
    }
    for (const tracking::AnalysisNote& note : tracking::analysis_notes(analysis)) {
        text += "note   " + tracking::series_name(lines.lines[note.line].row.series) + ": " +
                note.text + "\n";
    }
    if (analysis.too_short > 0) {
        text += fmt::format("note   {} of {} series have too few runs to show a change\n",
                            analysis.too_short,
                            lines.lines.size());
    }
    if (lines.dirty_runs > 0) {
        text += fmt::format("note   {} {} of a dirty tree left out\n",
                            lines.dirty_runs,
                            lines.dirty_runs == 1 ? "run" : "runs");
    }
    return text.empty() ? text : "\n" + text;
}

std::string head_of(const BranchLines& lines, const std::string& project) {
    const std::size_t newest = lines.newest();
    const auto counted = [](std::size_t n, const char* what) {
        return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
    };
    const bool many = lines.lines.size() != 1;
    const bool of_median = lines.statistic == tracking::PointStatistic::median;
    return fmt::format("{}{} on {} ({}): {}, {} series{}, newest {} of {}\n",
                       project.empty() ? project : project + ": ",
                       lines.branch.empty() ? "no branch" : lines.branch,
                       lines.platform.label,
                       lines.platform.fingerprint.substr(0, 12),
                       counted(lines.runs.size() - lines.dirty_runs, "run"),
                       many ? std::to_string(lines.lines.size()) : "1",
                       of_median ? "" : fmt::format(" ({})", name_of(lines.statistic)),
                       run_words(lines, newest),
                       date_text(lines.runs[newest].when));
}

std::string number_cell(const std::optional<double>& value) {
    return value ? shortest(*value) : std::string();
}

// The first cells of a row about a series.
std::vector<std::string>
series_cells(const char* kind, const BranchLines& lines, const SeriesLine& line) {
    const history::Series& series = line.row.series;
    return {kind, lines.platform.label, lines.branch, series.case_id, series.metric, series.unit};
}

std::vector<std::string>
step_row(const BranchLines& lines, const SeriesLine& line, const LineChange& one) {
    std::vector<std::string> row = series_cells("step", lines, line);
    const bool sure = one.state == statistics::PointState::confirmed;
    for (std::string cell : {lines.runs[line.runs[one.index - 1]].uuid,
                             lines.runs[line.runs[one.index]].uuid,
                             shortest(one.before),
                             shortest(one.after),
                             number_cell(one.size),
                             number_cell(one.p),
                             std::string(sure ? "confirmed" : "candidate"),
                             std::string(verdict::name_of(one.standing)),
                             std::string(one.counted ? "" : "no more than chance")}) {
        row.push_back(std::move(cell));
    }
    return row;
}

std::vector<std::string>
drift_row(const BranchLines& lines, const SeriesLine& line, const LineDrift& one) {
    std::vector<std::string> row = series_cells("drift", lines, line);
    for (std::string cell : {lines.runs[line.runs[one.first]].uuid,
                             lines.runs[line.runs[one.end - 1]].uuid,
                             std::string(),
                             std::string(),
                             shortest(one.change),
                             shortest(one.p),
                             std::string(one.end == line.values.size() ? "now" : "over"),
                             std::string(),
                             std::string()}) {
        row.push_back(std::move(cell));
    }
    return row;
}

std::vector<std::string> shift_row(const BranchLines& lines, const tracking::MachineShift& one) {
    return {"shift",
            lines.platform.label,
            lines.branch,
            "",
            "",
            "",
            lines.runs[one.first].uuid,
            lines.runs[one.end - 1].uuid,
            "",
            "",
            shortest(std::expm1(one.size)),
            "",
            one.lasts ? "lasts" : "passing",
            std::string(verdict::name_of(one.cause)),
            one.reason};
}

} // namespace

std::string analysis_text(const std::vector<tracking::ShownAnalysis>& all) {
    std::string text;
    for (const tracking::ShownAnalysis& shown : all) {
        text += (text.empty() ? "" : "\n") +
                head_of(shown.analysis.lines, shown.among_others ? shown.project : "");
        text += alerts_part(shown) + calm_part(shown.analysis) + drift_part(shown.analysis) +
                remarks_part(shown.analysis);
    }
    return printable(text);
}

TextTable analysis_table(const std::vector<tracking::ShownAnalysis>& all) {
    TextTable table({"kind",
                     "platform",
                     "branch",
                     "case",
                     "metric",
                     "unit",
                     "last_good",
                     "first_bad",
                     "before",
                     "after",
                     "change",
                     "p",
                     "state",
                     "standing",
                     "text",
                     "project",
                     "statistic",
                     "scale"});
    for (const tracking::ShownAnalysis& shown : all) {
        const BranchAnalysis& analysis = shown.analysis;
        const auto add = [&](std::vector<std::string> row, verdict::ChangeScale scale) {
            row.push_back(shown.project);
            row.emplace_back(name_of(analysis.lines.statistic));
            row.emplace_back(name_of(scale));
            table.add(std::move(row));
        };
        for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
            for (const LineChange& change : analysis.findings[i].changes) {
                add(step_row(analysis.lines, analysis.lines.lines[i], change), change.scale);
            }
            for (const LineDrift& drift : analysis.findings[i].drifts) {
                add(drift_row(analysis.lines, analysis.lines.lines[i], drift), drift.scale);
            }
        }
        for (const tracking::MachineShift& shift : analysis.shifts) {
            add(shift_row(analysis.lines, shift), verdict::ChangeScale::relative);
        }
    }
    return table;
}

} // namespace assay::app
