// assay gate: today's build against a saved one, measured side by side, judged by the rules of the
// project. The command of a CI job.
#include "app/commands/commands.hpp"
#include "app/comparison/reported_comparison.hpp"
#include "app/gate/gate_cases.hpp"
#include "app/gate/gate_document.hpp"
#include "app/gate/gate_notes.hpp"
#include "app/gate/gate_settings.hpp"
#include "app/gate/recorded_gate.hpp"
#include "app/gate/todays_figures.hpp"
#include "app/output.hpp"
#include "app/selection.hpp"
#include "app/session/machine_resolution.hpp"
#include "app/session/reporters.hpp"
#include "app/session/run_document.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <unistd.h>

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
    auto settings = settle(invocation, process_environment(), here);
    if (!settings) {
        return settings.error();
    }
    prepared.settings = std::move(*settings);
    auto gate = gate_settings(invocation, process_environment(), prepared.settings, here);
    if (!gate) {
        return gate.error();
    }
    prepared.gate = std::move(*gate);
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

// One sample of the machine decides for everything that is measured: both builds' pairs and today's
// figures have the same clock, and are pinned alike.
Measured measure(const Invocation& invocation,
                 const Messages& say,
                 const PreparedGate& prepared,
                 report::Bus& bus) {
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
                                        bus);
        measured.reports = finish_reports(say, bus);
    } else {
        say.note_line(resolution_text(*measured.machine, wish_of(prepared, *measured.machine)));
    }
    if (!measured.outcome.cancelled) {
        measured.today =
            measure_today(say, prepared.settings, *measured.machine, prepared.new_side, plan);
    }
    return measured;
}

// Prints the lines and gives the exit code.
int conclude(const Invocation& invocation,
             const Messages& say,
             const PreparedGate& prepared,
             const Measured& measured) {
    const ComparisonOutcome& outcome = measured.outcome;
    const auto cases = gate_cases(prepared.matched, outcome, measured.today.results);
    const verdict::GateContext context{
        .alpha = prepared.options.alpha,
        .method = prepared.options.method,
        .null_control_fired = outcome.null_control == verdict::NullControl::fired,
        .positive_control_missed = outcome.positive_control == verdict::PositiveControl::missed,
        .cancelled = measured.cancelled(),
        .host_noise =
            measured.machine ? std::optional(measured.machine->resolution.slice_sd) : std::nullopt};
    const verdict::GateReport judged = verdict::judge(prepared.gate.gates, cases, context);
    GateHeading heading = heading_of(prepared, outcome);
    heading.cancelled = measured.cancelled();
    heading.reports = measured.reports;
    if (measured.machine) {
        heading.resolution =
            resolution_object(*measured.machine, wish_of(prepared, *measured.machine));
    }
    heading.notes = gate_notes({.gates = prepared.gate.gates,
                                .matched = prepared.matched,
                                .plan = prepared.plan,
                                .outcome = outcome,
                                .report = judged,
                                .baseline = prepared.old_side.name,
                                .cancelled = heading.cancelled});
    std::ranges::copy(measured.today.warnings, std::back_inserter(heading.notes));
    const bool document = invocation.value("--format").value_or("text") == "json";
    const Terminal out =
        detect_terminal(STDOUT_FILENO, color_choice(invocation), process_environment());
    const int printed = print_result(
        say,
        document ? write_json(gate_document(judged, heading), JsonLayout::indented) + "\n"
                 : gate_text(judged, heading, out.color));
    return static_cast<int>(graver(code_of(judged, heading), static_cast<ExitCode>(printed)));
}

int gate(const Invocation& invocation, const Messages& say, PreparedGate& prepared) {
    report::Bus bus;
    if (const Status opened = open_reporters(
            invocation, prepared.settings, prepared.reporters, say, bus, StdoutOf::command);
        !opened) {
        return report(say, opened.error());
    }
    return conclude(invocation, say, prepared, measure(invocation, say, prepared, bus));
}

} // namespace

int gate_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<bool> recorded = asks_recorded(invocation);
    if (!recorded) {
        return report(say, recorded.error());
    }
    if (*recorded) {
        return gate_recorded(invocation, say);
    }
    Result<PreparedGate> prepared = prepare_gate(invocation);
    if (!prepared) {
        return report(say, prepared.error());
    }
    return gate(invocation, say, *prepared);
}

} // namespace assay::app
