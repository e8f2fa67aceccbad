#include "app/gate/file_gate.hpp"

#include "app/comparison/run_differences.hpp"
#include "app/gate/gate_settings.hpp"
#include "app/gate/judged_files.hpp"
#include "app/gate/left_out_notes.hpp"
#include "app/gate/narrowed_cases.hpp"
#include "app/gate/printed_gate.hpp"
#include "app/gate/recorded_cases.hpp"
#include "tracking/judged_run.hpp"
#include "tracking/run_comparison.hpp"
#include "verdict/stored_gate.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace assay::app {
namespace {

using verdict::CaseStanding;
using verdict::GateCase;
using verdict::GateFigure;

// What one call of the command works on.
struct FileGate {
    JudgedFiles files;
    std::string results, against; // as named; against: empty where none was
    verdict::GateFile gates;
    std::vector<GateCase> cases = {};
    std::vector<tracking::ExpectedSeries> lost = {};
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

StoredPair sides_of(const FileGate& gate) {
    const FilePair& pair = gate.files.pair;
    return {.kind = gate.files.kind,
            .store = *pair.store,
            .old_side = {.name = gate.against,
                         .run = *pair.old_run,
                         .configurations = gate.files.old_configurations},
            .new_side = {.name = gate.results,
                         .run = pair.new_run,
                         .configurations = gate.files.new_configurations},
            .advice = gate.files.advice()};
}

// Every figure gets what the other file knows of it; what only that one has is lost.
Status hold_against_file(FileGate& gate) {
    auto held = tracking::hold_against_run(
        *gate.files.pair.store, gate.files.pair.new_run, *gate.files.pair.old_run);
    if (!held) {
        return held.error();
    }
    mark_incomparable(sides_of(gate), *held);
    for (tracking::HeldSeries& one : *held) {
        if (one.asked.figures.empty()) {
            gate.lost.push_back(
                {.series = one.series, .reason = "only " + gate.against + " has it"});
        } else if (GateFigure* const figure = figure_of(gate.cases, one.series)) {
            figure->stored = std::move(one.asked.known);
            // A run of a file has an id that nobody has seen: the file is what people know.
            if (auto& baseline = figure->stored->baseline.baseline) {
                baseline->id = gate.against;
            } else {
                figure->stored->baseline.reason = gate.against + " has no figure of it";
            }
        }
    }
    add_lost(gate.lost, gate.files.pair.new_run, gate.cases);
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
    auto files =
        read_judged_files(old_file, {results, "--run"}, invocation, settled->settings, say);
    if (!files) {
        return files.error();
    }
    FileGate gate{.files = std::move(*files),
                  .results = results,
                  .against = old_file ? old_file->file : "",
                  .gates = std::move(settled->gate.gates)};
    gate.cases = recorded_cases(gate.files.pair.new_run);
    if (!gate.files.pair.old_run) {
        hold_against_nothing(gate);
    } else if (Status held = hold_against_file(gate); !held) {
        return held.error();
    }
    if (Status narrowed =
            narrow_cases(*gate.files.pair.store, invocation.words, "these files", gate.cases);
        !narrowed) {
        return narrowed.error();
    }
    add_gated_metrics(gate.gates, gate.files.pair.new_run, gate.lost);
    return gate;
}

GateHeading heading_of(const FileGate& gate, const verdict::GateReport& report) {
    GateHeading heading{.gates = gate.gates.name,
                        .baseline = gate.against.empty() ? "no other file" : gate.against,
                        .compared = static_cast<std::size_t>(std::ranges::count(
                            gate.cases, CaseStanding::measured_only, &GateCase::standing)),
                        .cases = gate.cases.size(),
                        .measured = false,
                        .null_control = "off",
                        .positive_control = "off"};
    heading.results = gate.results;
    heading.rule_lines = rule_lines_of(gate.gates.name);
    heading.notes.push_back({gate.files.advice(), "'assay gate' measures builds side by side"});
    std::ranges::move(left_out_notes(gate.gates, gate.cases, report),
                      std::back_inserter(heading.notes));
    const bool any_broken =
        std::ranges::count(gate.cases, CaseStanding::broken, &GateCase::standing) > 0;
    heading.reports = any_broken ? ExitCode::failed : ExitCode::pass;
    return heading;
}

} // namespace

std::vector<OptionSpec> file_gate_options(const std::string& group) {
    return {{.name = "--results",
             .value = "FILE",
             .help = "measure nothing: judge a results.json or another tool's file",
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
        {.calibration = tracking::calibration_of(*gate->files.pair.store, gate->files.pair.new_run),
         .alerts = {.reason = "a file has no alerts: --skip-run judges recorded runs"}});
    return print_gate(invocation, say, judged, heading_of(*gate, judged));
}

} // namespace assay::app
