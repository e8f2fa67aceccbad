#include "app/gate/file_gate.hpp"

#include "app/gate/gate_settings.hpp"
#include "app/gate/narrowed_cases.hpp"
#include "app/gate/printed_gate.hpp"
#include "app/gate/recorded_cases.hpp"
#include "app/importing/file_pair.hpp"
#include "tracking/judged_run.hpp"
#include "tracking/run_comparison.hpp"
#include "verdict/stored_gate.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace assay::app {
namespace {

using verdict::CaseStanding;
using verdict::GateCase;
using verdict::GateFigure;

// What one call of the command works on.
struct FileGate {
    FilePair pair;
    std::string results, against; // as named; against: empty where none was
    verdict::GateFile gates;
    std::vector<GateCase> cases = {};
};

GateFigure* figure_of(std::vector<GateCase>& cases, const history::Series& series) {
    const auto one = std::ranges::find(
        cases, series.case_id, [](const GateCase& known) { return known.subject.id; });
    if (one == cases.end()) {
        return nullptr;
    }
    const auto figure = std::ranges::find(one->figures, series.metric, &GateFigure::key);
    return figure == one->figures.end() ? nullptr : &*figure;
}

// Every figure gets what the other file knows of it; what only that one has is lost.
Status hold_against_file(FileGate& gate) {
    auto held = tracking::hold_against_run(*gate.pair.store, gate.pair.new_run, *gate.pair.old_run);
    if (!held) {
        return held.error();
    }
    std::vector<tracking::ExpectedSeries> lost;
    for (tracking::HeldSeries& one : *held) {
        if (one.asked.figures.empty()) {
            lost.push_back({.series = one.series, .reason = "only " + gate.against + " has it"});
        } else if (GateFigure* const figure = figure_of(gate.cases, one.series)) {
            figure->stored = std::move(one.asked.known);
            if (!figure->stored->baseline.baseline) {
                figure->stored->baseline.reason = gate.against + " has no figure of it";
            }
        }
    }
    add_lost(lost, gate.pair.new_run, gate.cases);
    return {};
}

void hold_against_nothing(FileGate& gate) {
    for (GateCase& one : gate.cases) {
        for (GateFigure& figure : one.figures) {
            figure.stored = verdict::KnownSeries{
                .baseline = {.baseline = std::nullopt,
                             .reason = "nothing to hold it against: --against FILE"}};
        }
    }
}

Result<FileGate> prepare_files(const Invocation& invocation, const Messages& say) {
    auto settled = settle_gate(invocation);
    if (!settled) {
        return settled.error();
    }
    const std::string results = *invocation.value("--results");
    std::optional<WantedFile> old_file;
    if (const auto against = invocation.value("--against")) {
        old_file = WantedFile{*against, "--against-run"};
    } else if (invocation.has("--against-run")) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--against-run names a run of the file that --against names",
                     .hint = "name the file, or leave it out"};
    }
    auto pair = read_file_pair(old_file, {results, "--run"}, invocation, settled->settings, say);
    if (!pair) {
        return pair.error();
    }
    FileGate gate{.pair = std::move(*pair),
                  .results = results,
                  .against = old_file ? old_file->file : "",
                  .gates = std::move(settled->gate.gates)};
    gate.cases = recorded_cases(gate.pair.new_run);
    if (!gate.pair.old_run) {
        hold_against_nothing(gate);
    } else if (Status held = hold_against_file(gate); !held) {
        return held.error();
    }
    if (Status narrowed =
            narrow_cases(*gate.pair.store, invocation.words, "these files", gate.cases);
        !narrowed) {
        return narrowed.error();
    }
    add_gated_metrics(gate.gates, gate.pair.new_run);
    return gate;
}

GateHeading heading_of(const FileGate& gate) {
    GateHeading heading{.gates = gate.gates.name,
                        .baseline = gate.against.empty() ? "no other file" : gate.against,
                        .compared = static_cast<std::size_t>(std::ranges::count(
                            gate.cases, CaseStanding::measured_only, &GateCase::standing)),
                        .cases = gate.cases.size(),
                        .null_control = "off",
                        .positive_control = "off"};
    heading.results = gate.results;
    heading.rule_lines = rule_lines_of(gate.gates.name);
    heading.notes.push_back({gate.pair.old_run ? advisory_text(gate.pair)
                                               : "advisory: figures of a file, not measured here",
                             "'assay gate' measures builds side by side"});
    const bool any_broken =
        std::ranges::count(gate.cases, CaseStanding::broken, &GateCase::standing) > 0;
    heading.reports = any_broken ? ExitCode::failed : ExitCode::pass;
    return heading;
}

} // namespace

std::vector<OptionSpec> file_gate_options(const std::string& group) {
    return {{.name = "--results",
             .value = "FILE",
             .help = "measure nothing: judge another tool's file (advisory)",
             .group = group,
             .kind = ValueKind::file},
            {.name = "--against",
             .value = "FILE",
             .help = "what regressions in it are held against",
             .group = group,
             .kind = ValueKind::file},
            {.name = "--against-run",
             .value = "RUN",
             .help = "of a file of several: commit, place in it, newest",
             .group = group},
            {.name = "--importer",
             .value = "FORMAT",
             .help = "of both files, not the one that is found",
             .group = group,
             .offer = {.listing = "--importers"}},
            {.name = "--direction",
             .value = "WHICH",
             .help = "lower or higher is better, of figures that do not say",
             .group = group,
             .choices = {"lower", "higher"}}};
}

int gate_files(const Invocation& invocation, const Messages& say) {
    auto gate = prepare_files(invocation, say);
    if (!gate) {
        return report(say, gate.error());
    }
    say.note_line("judging " + gate->results + ", advisory: nothing is measured or recorded");
    const verdict::GateReport judged = verdict::judge_stored(
        gate->gates,
        gate->cases,
        {.calibration = tracking::calibration_of(*gate->pair.store, gate->pair.new_run),
         .alerts = {.reason = "a file has no alerts: --skip-run judges recorded runs"}});
    return print_gate(invocation, say, judged, heading_of(*gate));
}

} // namespace assay::app
