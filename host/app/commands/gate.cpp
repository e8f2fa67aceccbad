// assay gate: today's build against a saved one, measured side by side, judged by the rules of the
// project. The command of a CI job.
#include "app/commands/commands.hpp"
#include "app/comparison/reported_comparison.hpp"
#include "app/gate/ci_reports.hpp"
#include "app/gate/file_gate.hpp"
#include "app/gate/gate_cases.hpp"
#include "app/gate/gate_document.hpp"
#include "app/gate/gate_notes.hpp"
#include "app/gate/gate_recording.hpp"
#include "app/gate/gate_settings.hpp"
#include "app/gate/gate_way.hpp"
#include "app/gate/held_reports.hpp"
#include "app/gate/printed_gate.hpp"
#include "app/gate/recorded_gate.hpp"
#include "app/gate/todays_figures.hpp"
#include "app/selection.hpp"
#include "app/session/machine_resolution.hpp"
#include "app/session/reporters.hpp"
#include "app/session/run_document.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>

namespace assay::app {
namespace {

// Everything that is known before the first launch.
struct PreparedGate {
    Settings settings;
    GateSettings gate;
    ComparisonOptions options;
    LoadedPlugins reporters;
    Side old_side, new_side;
    std::vector<MatchedCase> matched;
    GatePlan plan;
};

// What the gate file says about comparisons, below the command line.
ComparisonOptions defaults_of(const verdict::GateFile& gates) {
    ComparisonOptions options;
    options.margin = gates.floor;
    options.alpha = gates.alpha.value_or(options.alpha);
    return options;
}

Status open_sides(const Invocation& invocation,
                  const std::filesystem::path& here,
                  PreparedGate& prepared) {
    auto selection = selection_from(invocation, prepared.settings.session.mode);
    if (!selection) {
        return selection.error();
    }
    selection->order_seed = prepared.settings.session.order_seed;
    auto today = open_todays_side(prepared.settings, *selection);
    if (!today) {
        return today.error();
    }
    prepared.new_side = std::move(*today);
    auto baseline = open_side(prepared.gate.baseline, here, prepared.settings, *selection);
    if (!baseline) {
        return baseline.error();
    }
    prepared.old_side = std::move(*baseline);
    if (prepared.old_side.unmatched && prepared.new_side.unmatched) {
        return *prepared.new_side.unmatched;
    }
    prepared.matched = match(prepared.old_side, prepared.new_side);
    return {};
}

Result<PreparedGate> prepare_gate(const Invocation& invocation) {
    PreparedGate prepared;
    const std::filesystem::path here = std::filesystem::current_path();
    auto settled = settle_gate(invocation);
    if (!settled) {
        return settled.error();
    }
    prepared.settings = std::move(settled->settings);
    prepared.gate = std::move(settled->gate);
    if (invocation.has("--ci") && !invocation.options.contains("--mode")) {
        prepared.settings.session.mode = plan::Mode::standard;
    }
    auto options =
        comparison_options(invocation, prepared.settings, defaults_of(prepared.gate.gates));
    if (!options) {
        return options.error();
    }
    prepared.options = std::move(*options);
    if (const Status opened = open_sides(invocation, here, prepared); !opened) {
        return opened.error();
    }
    add_gated_metrics(prepared.gate.gates, prepared.matched);
    name_metrics(prepared.gate.gates, prepared.matched);
    prepared.plan = gate_plan(prepared.gate.gates, prepared.matched);
    prepared.options.watched = prepared.plan.watched;
    prepared.options.session.counts = prepared.plan.counts_pairs;
    auto reporters = load_suites(prepared.settings, {.store = true, .describe = false});
    if (!reporters) {
        return reporters.error();
    }
    prepared.reporters = std::move(*reporters);
    return prepared;
}

GateHeading heading_of(const PreparedGate& prepared, const ComparisonOutcome& outcome) {
    GateHeading heading{.gates = prepared.gate.gates.name,
                        .baseline = prepared.old_side.name,
                        .compared = prepared.plan.compared.size(),
                        .cases = prepared.matched.size()};
    heading.identical =
        static_cast<std::size_t>(std::ranges::count_if(prepared.matched, are_identical));
    heading.null_control = verdict::name_of(outcome.null_control);
    heading.positive_control = verdict::name_of(outcome.positive_control);
    heading.fired = fired_control(outcome);
    heading.rule_lines = rule_lines_of(prepared.gate.gates.name);
    return heading;
}

// What was measured for a gate.
struct Measured {
    std::optional<MachineResolution> machine; // where anything was
    ComparisonOutcome outcome;
    TodaysFigures today;
    ExitCode reports = ExitCode::pass;

    [[nodiscard]] bool cancelled() const { return outcome.cancelled || today.cancelled; }
};

// What the machine is asked to tell apart: by the pairs, or in the run of a gate of limits alone.
ResolutionWish wish_of(const PreparedGate& prepared, const MachineResolution& machine) {
    return prepared.plan.compared.empty()
               ? ResolutionWish{}
               : comparison_wish(prepared.options, prepared.plan.compared, machine);
}

bool asks_about_host(const verdict::GateFile& gates) {
    return std::ranges::count(gates.rules, verdict::RuleKind::host, &verdict::GateRule::kind) > 0;
}

// Who hears of what is measured.
struct Listeners {
    report::Bus& pairs;
    report::Bus& run; // of today's figures
    std::string run_id;
};

// One sample of the machine decides for everything that is measured: both builds' pairs and today's
// figures have the same clock, and are pinned alike.
Measured measure(const Invocation& invocation,
                 const Messages& say,
                 const PreparedGate& prepared,
                 const Listeners& listeners) {
    Measured measured;
    const GatePlan& plan = prepared.plan;
    const bool none = plan.compared.empty() && plan.case_ids.empty();
    if (none && !asks_about_host(prepared.gate.gates)) {
        return measured;
    }
    measured.machine = machine_resolution(resolution_file(), unix_now_ns());
    if (!plan.compared.empty()) {
        measured.outcome = run_reported(say,
                                        {.settings = prepared.settings,
                                         .options = prepared.options,
                                         .machine = *measured.machine,
                                         .old_side = prepared.old_side,
                                         .new_side = prepared.new_side,
                                         .cases = plan.compared,
                                         .argv = invocation.argv},
                                        listeners.pairs);
        measured.reports = finish_reports(say, listeners.pairs);
    } else {
        say.note_line(resolution_text(*measured.machine, wish_of(prepared, *measured.machine)));
    }
    if (!measured.outcome.cancelled) {
        measured.today = measure_today(say,
                                       {.settings = prepared.settings,
                                        .machine = *measured.machine,
                                        .side = prepared.new_side,
                                        .plan = plan,
                                        .argv = invocation.argv,
                                        .run_id = listeners.run_id},
                                       listeners.run);
    }
    return measured;
}

verdict::GateReport judge(const PreparedGate& prepared, const Measured& measured) {
    const ComparisonOutcome& outcome = measured.outcome;
    const auto cases = gate_cases(prepared.matched, outcome, measured.today.results);
    return verdict::judge(
        prepared.gate.gates,
        cases,
        {.alpha = prepared.options.alpha,
         .method = prepared.options.method,
         .null_control_fired = outcome.null_control == verdict::NullControl::fired,
         .positive_control_missed = outcome.positive_control == verdict::PositiveControl::missed,
         .cancelled = measured.cancelled(),
         .host_noise = measured.machine ? std::optional(measured.machine->resolution.slice_sd)
                                        : std::nullopt});
}

GateHeading heading_of(const PreparedGate& prepared,
                       const Measured& measured,
                       const verdict::GateReport& judged) {
    GateHeading heading = heading_of(prepared, measured.outcome);
    heading.cancelled = measured.cancelled();
    heading.reports = graver(measured.reports, measured.today.reports);
    if (measured.machine) {
        heading.resolution =
            resolution_object(*measured.machine, wish_of(prepared, *measured.machine));
    }
    heading.notes = gate_notes({.gates = prepared.gate.gates,
                                .matched = prepared.matched,
                                .plan = prepared.plan,
                                .outcome = measured.outcome,
                                .report = judged,
                                .baseline = prepared.old_side.name,
                                .cancelled = heading.cancelled});
    std::ranges::copy(measured.today.warnings, std::back_inserter(heading.notes));
    return heading;
}

// Keeps what was measured and what is said of it, where it is recorded.
void keep(const Invocation& invocation,
          const Messages& say,
          const Settings& settings,
          const GateRecording& recording,
          const verdict::GateReport& judged,
          GateHeading& heading) {
    ExitCode kept = recording.keep(say);
    if (kept == ExitCode::pass) {
        heading.run = recording.run_id();
        kept = recording.keep_lines(invocation, say, settings, judged);
    }
    heading.reports = graver(heading.reports, kept);
}

// Prints the lines and gives the exit code.
int conclude(const Invocation& invocation,
             const Messages& say,
             const verdict::GateReport& judged,
             const GateHeading& heading) {
    const int printed = print_gate(invocation, say, judged, heading);
    const ExitCode written = invocation.has("--ci")
                                 ? write_gate_document(say, gate_document(judged, heading))
                                 : ExitCode::pass;
    return static_cast<int>(graver(static_cast<ExitCode>(printed), written));
}

int gate(const Invocation& invocation, const Messages& say, PreparedGate& prepared) {
    const bool has_pairs = !prepared.plan.compared.empty();
    if (invocation.has("--ci")) {
        prepared.settings.reporters =
            with_ci_reporters(std::move(prepared.settings.reporters),
                              has_pairs ? ReportsOf::pairs : ReportsOf::run,
                              prepared.reporters,
                              say);
    }
    report::Bus pairs, run;
    // Reporters are for the comparison; without one they tell of the run. Both with what the gate
    // makes of it.
    HeldReports held(has_pairs ? pairs : run);
    if (const Status opened = open_reporters(invocation,
                                             prepared.settings,
                                             prepared.reporters,
                                             say,
                                             held.reporters(),
                                             StdoutOf::command);
        !opened) {
        return report(say, opened.error());
    }
    const auto recording = GateRecording::open(
        invocation, prepared.settings, say, prepared.matched, prepared.plan, run);
    if (!recording) {
        return report(say, recording.error());
    }
    const Measured measured = measure(
        invocation, say, prepared, {.pairs = pairs, .run = run, .run_id = recording->run_id()});
    const verdict::GateReport judged = judge(prepared, measured);
    GateHeading heading = heading_of(prepared, measured, judged);
    if (recording->is_on() && measured.today.measured) {
        keep(invocation, say, prepared.settings, *recording, judged, heading);
    }
    heading.reports = graver(heading.reports, held.finish(say, gate_document(judged, heading)));
    return conclude(invocation, say, judged, heading);
}

} // namespace

int gate_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<GateWay> way = gate_way(invocation);
    if (!way) {
        return report(say, way.error());
    }
    switch (*way) {
    case GateWay::recorded:
        return gate_recorded(invocation, say);
    case GateWay::files:
        return gate_files(invocation, say);
    case GateWay::measured:
        break;
    }
    Result<PreparedGate> prepared = prepare_gate(invocation);
    if (!prepared) {
        return report(say, prepared.error());
    }
    return gate(invocation, say, *prepared);
}

} // namespace assay::app
