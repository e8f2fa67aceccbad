#include "app/gate/recorded_gate.hpp"

#include "app/baselines/disagreements.hpp"
#include "app/baselines/project_baselines.hpp"
#include "app/gate/asked_of_run.hpp"
#include "app/gate/ci_reports.hpp"
#include "app/gate/gate_settings.hpp"
#include "app/gate/kept_lines.hpp"
#include "app/gate/known_series.hpp"
#include "app/gate/left_out_notes.hpp"
#include "app/gate/narrowed_cases.hpp"
#include "app/gate/new_alerts.hpp"
#include "app/gate/printed_gate.hpp"
#include "app/gate/recorded_cases.hpp"
#include "app/history/meant_run.hpp"
#include "app/history/opened_history.hpp"
#include "app/history/recorded_here.hpp"
#include "app/notifying/outbox_delivery.hpp"
#include "support/text.hpp"
#include "tracking/expected_series.hpp"
#include "tracking/judged_run.hpp"
#include "verdict/stored_gate.hpp"

#include <algorithm>
#include <iterator>

namespace assay::app {
namespace {

using verdict::CaseStanding;
using verdict::GateCase;
using verdict::GateFigure;

// What one call of the command works on.
struct RecordedGate {
    OpenedHistory opened;
    bool writable; // what is said of the run is kept with it
    history::Run run;
    ProjectBaselines ours;
    verdict::GateFile gates;
    std::vector<GateCase> cases = {};
    SeriesIds ids = {};
    std::vector<RunWarning> notes = {};
    std::vector<tracking::ExpectedSeries> lost = {};
};

// A case that broke before it had a figure: its metrics are those that it had in other runs, so
// that rules about others are not about it.
Status name_metrics_of_broken(history::Store& store, std::vector<GateCase>& cases) {
    for (GateCase& one : cases) {
        if (one.standing != CaseStanding::broken || !one.figures.empty()) {
            continue;
        }
        const auto rows = store.series({.case_id = one.subject.id});
        if (!rows) {
            return rows.error();
        }
        for (const history::SeriesRow& row : *rows) {
            if (std::ranges::count(one.figures, row.series.metric, &GateFigure::key) == 0) {
                one.figures.push_back({.key = row.series.metric, .unit = row.series.unit});
            }
        }
    }
    return {};
}

Status read_cases(const Invocation& invocation, RecordedGate& gate) {
    history::Store& store = *gate.opened.store;
    gate.cases = recorded_cases(gate.run);
    if (Status named = name_metrics_of_broken(store, gate.cases); !named) {
        return named;
    }
    auto lost = tracking::lost_series(
        store, gate.run, {.baselines = &gate.ours.file(), .question = asked_of_run});
    if (!lost) {
        return lost.error();
    }
    gate.lost = std::move(*lost);
    add_lost(gate.lost, gate.run, gate.cases);
    if (Status narrowed = narrow_cases(store, invocation.words, store.where(), gate.cases);
        !narrowed) {
        return narrowed;
    }
    auto ids = add_known_series(store, gate.run, gate.ours.file(), gate.cases);
    if (!ids) {
        return ids.error();
    }
    gate.ids = std::move(*ids);
    if (Status added = add_lost_ids(store, gate.lost, gate.ids); !added) {
        return added;
    }
    auto notes = disagreements_on(store, gate.run.platform, gate.ours.file(), gate.ours.path());
    if (!notes) {
        return notes.error();
    }
    gate.notes = std::move(*notes);
    return {};
}

// Outside of any project the newest run of a history that several share is anybody's.
Status check_whose(const Invocation& invocation, const OpenedHistory& opened) {
    if (opened.looked_at || invocation.has("--run")) {
        return {};
    }
    const auto projects = opened.store->projects();
    if (!projects) {
        return projects.error();
    }
    std::vector<std::string> names;
    for (const std::string& name : *projects) {
        names.push_back(name.empty() ? "runs that name none" : "'" + name + "'");
    }
    return names.size() < 2
               ? Status{}
               : Status(Error{.kind = ErrorKind::usage,
                              .message = "whose newest run is meant? this is no project, and " +
                                         opened.store->where() + " has runs of " +
                                         join(names, ", "),
                              .hint = "--project NAME says it, --run ID names a run"});
}

Result<RecordedGate> prepare_recorded(const Invocation& invocation) {
    auto settled = settle_gate(invocation);
    if (!settled) {
        return settled.error();
    }
    const auto wish = run_wish(invocation);
    if (!wish) {
        return wish.error();
    }
    auto at_hand = open_history_at_hand(invocation);
    if (!at_hand) {
        return at_hand.error();
    }
    OpenedHistory& opened = at_hand->opened;
    if (Status known = check_whose(invocation, opened); !known) {
        return known.error();
    }
    auto ours = load_project_baselines(invocation, opened.project);
    if (!ours) {
        return ours.error();
    }
    const auto context = recorded_here();
    if (!context) {
        return context.error();
    }
    auto run = meant_run(*opened.store, *wish, *context);
    if (!run) {
        return run.error();
    }
    RecordedGate gate{.opened = std::move(opened),
                      .writable = at_hand->writable,
                      .run = std::move(*run),
                      .ours = std::move(*ours),
                      .gates = std::move(settled->gate.gates)};
    if (Status read = read_cases(invocation, gate); !read) {
        return read.error();
    }
    add_gated_metrics(gate.gates, gate.run, gate.lost);
    return gate;
}

std::optional<double> median_of(const std::vector<GateCase>& cases, const verdict::GateLine& line) {
    for (const GateCase& one : cases) {
        const auto figure = std::ranges::find(one.figures, line.metric, &GateFigure::key);
        if (one.subject.id == line.case_id && figure != one.figures.end()) {
            return figure->today.median;
        }
    }
    return std::nullopt;
}

std::vector<RunWarning> notes_of(const RecordedGate& gate, const verdict::GateReport& report) {
    std::vector<RunWarning> notes = gate.notes;
    if (gate.run.status == "cancelled") {
        notes.push_back({"the run was cancelled: what it has no figure of was not reached", ""});
    }
    std::vector<std::string> broken;
    for (const GateCase& one : gate.cases) {
        if (one.standing == CaseStanding::broken) {
            broken.push_back(one.subject.id);
        }
    }
    if (!broken.empty()) {
        notes.push_back({"broke in this run: " + join(broken, ", "),
                         "'assay history show " + gate.run.uuid + "' says why"});
    }
    std::ranges::move(recorded_notes(gate.gates, gate.cases, report), std::back_inserter(notes));
    const bool single = std::ranges::any_of(report.lines, [&gate](const verdict::GateLine& line) {
        return line.kind == verdict::RuleKind::limit && line.n == 1 &&
               line.statistic.starts_with('p') && line.figure == median_of(gate.cases, line);
    });
    if (single) {
        notes.push_back({"a percentile of a single figure is that figure",
                         "record 'samples' beside or instead of its 'value'"});
    }
    return notes;
}

GateHeading heading_of(const RecordedGate& gate, const verdict::GateReport& report) {
    GateHeading heading{.gates = gate.gates.name,
                        .baseline = "recorded runs",
                        .run = gate.run.uuid,
                        .compared = static_cast<std::size_t>(std::ranges::count(
                            gate.cases, CaseStanding::measured_only, &GateCase::standing)),
                        .cases = gate.cases.size(),
                        .measured = false,
                        .null_control = "off",
                        .positive_control = "off",
                        .notes = notes_of(gate, report),
                        .rule_lines = rule_lines_of(gate.gates.name)};
    const bool any_broken =
        std::ranges::count(gate.cases, CaseStanding::broken, &GateCase::standing) > 0;
    heading.reports = any_broken ? ExitCode::failed : ExitCode::pass;
    return heading;
}

// Whether no run of its machine and branch began after it.
Result<bool> is_newest(history::Store& store, const history::Run& run) {
    constexpr std::size_t kLookedThrough = 1000; // that are excluded, or of other branches
    const auto rows = store.runs({.platform = run.platform.label, .limit = kLookedThrough});
    if (!rows) {
        return rows.error();
    }
    const auto newest = std::ranges::find_if(*rows, [&run](const history::RunRow& row) {
        return !row.excluded && row.branch == run.git.branch &&
               row.platform_fingerprint == run.platform.fingerprint;
    });
    return newest != rows->end() && newest->uuid == run.uuid;
}

// An alert is new in the newest run alone: what an older one opened was told by that. A CI job is
// told of alerts whether or not a rule asks for them.
Result<verdict::AlertsAsked> alerts_of(RecordedGate& gate, const Invocation& invocation) {
    if (!asks_for_alerts(gate.gates) && !invocation.has("--ci")) {
        return verdict::AlertsAsked{};
    }
    if (invocation.value("--run")) {
        const auto newest = is_newest(*gate.opened.store, gate.run);
        if (!newest) {
            return newest.error();
        }
        if (!*newest) {
            return verdict::AlertsAsked{
                .reason = "new alerts are those of the newest run, and this is an older one: leave "
                          "--run out"};
        }
    }
    return new_alerts(*gate.opened.store, gate.run, gate.writable);
}

// What reporters and files are told of it, then the lines.
int report_and_print(const Invocation& invocation,
                     const Messages& say,
                     const RecordedGate& gate,
                     const verdict::GateReport& judged,
                     RecordedReports& reports) {
    GateHeading heading = heading_of(gate, judged);
    ReportedRun told{.run = gate.run, .bundles = gate.opened.bundles};
    if (!invocation.words.empty()) {
        told.cases.emplace();
        for (const GateCase& one : gate.cases) {
            told.cases->insert(one.subject.id);
        }
    }
    heading.reports =
        graver(heading.reports, reports.tell(say, told, gate_document(judged, heading)));
    if (invocation.has("--ci")) {
        heading.reports =
            graver(heading.reports, write_gate_document(say, gate_document(judged, heading)));
    }
    return static_cast<int>(print_gate_of_run(invocation, say, judged, heading));
}

} // namespace

std::vector<OptionSpec> recorded_gate_options(const std::string& group, const std::string& select) {
    return {{.name = "--skip-run",
             .help = "measure nothing: judge the newest recorded run",
             .group = group},
            {.name = "--run",
             .value = "ID",
             .help = "recorded: id, commit, 'latest'; of a file: commit, place",
             .group = group},
            {.name = "--project",
             .value = "NAME",
             .help = "with --skip-run: of a history that several share",
             .group = select},
            {.name = "--platform",
             .value = "NAME",
             .help = "of recorded runs: that one; of files: what they are of",
             .group = select},
            {.name = "--branch",
             .value = "NAME",
             .help = "with --skip-run: of this branch, not today's",
             .group = select}};
}

int gate_recorded(const Invocation& invocation, const Messages& say, RecordedReports* reports) {
    auto gate = prepare_recorded(invocation);
    if (!gate) {
        return report(say, gate.error());
    }
    history::Store& store = *gate->opened.store;
    const std::string& project = gate->run.project;
    say.note_line("judging " + run_in_words(gate->run) +
                  (project.empty() ? "" : " of project '" + project + "'") + " in " +
                  store.where());
    auto alerts = alerts_of(*gate, invocation);
    if (!alerts) {
        return report(say, alerts.error());
    }
    const verdict::GateReport judged =
        verdict::judge_stored(gate->gates,
                              gate->cases,
                              {.calibration = tracking::calibration_of(store, gate->run),
                               .host_noise = gate->run.host_score,
                               .is_ci = gate->run.kind == "ci",
                               .cancelled = gate->run.status == "cancelled",
                               .alerts = std::move(*alerts)});
    if (!gate->writable) {
        say.warning("the history " + store.where() +
                    " can only be read: what this gate says is not kept in it");
    } else if (const Status kept = keep_lines(store, gate->run.uuid, gate->ids, judged); !kept) {
        return report(say, kept.error());
    }
    if (gate->writable) {
        tell_people(store, invocation, say);
    }
    return reports == nullptr ? print_gate(invocation, say, judged, heading_of(*gate, judged))
                              : report_and_print(invocation, say, *gate, judged, *reports);
}

} // namespace assay::app
