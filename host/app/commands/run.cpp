// assay run: measure. Prepare, open the reporters, verify and measure every case, report, and say
// by the exit code how it went.
#include "app/commands/commands.hpp"
#include "app/gate/ci_reports.hpp"
#include "app/gate/held_reports.hpp"
#include "app/gate/recorded_gate.hpp"
#include "app/gate/run_gate.hpp"
#include "app/message.hpp"
#include "app/output.hpp"
#include "app/recording/run_recording.hpp"
#include "app/session/announced_run.hpp"
#include "app/session/interrupt.hpp"
#include "app/session/lane_admission.hpp"
#include "app/session/launchers.hpp"
#include "app/session/machine_resolution.hpp"
#include "app/session/prepared_run.hpp"
#include "app/session/reporters.hpp"
#include "app/session/run_document.hpp"
#include "app/session/run_session.hpp"
#include "app/version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <thread>
#include <unistd.h>

namespace assay::app {
namespace {

int print_dry_run(const Messages& say, const PreparedRun& run) {
    std::string text;
    for (const plan::PlannedCase& planned : run.plan.cases) {
        text += planned.id + "\n";
    }
    const LaunchPlan launches = launch_plan(run.settings.session.mode);
    say.note(
        fmt::format("{} {}, {} launches of {} slices each and one to verify; nothing was measured",
                    run.plan.cases.size(),
                    run.plan.cases.size() == 1 ? "case" : "cases",
                    launches.launches,
                    launches.slices));
    return print_result(say, printable(text));
}

std::string header(const SessionOptions& options, std::uint32_t lanes, const json::object& run) {
    const json::value* label = run.at("platform").as_object().if_contains("label");
    return fmt::format("assay {}  {}  {} {}  mode {}  seed {}",
                       kVersion,
                       label != nullptr && label->is_string()
                           ? std::string(std::string_view(label->get_string()))
                           : "unknown platform",
                       lanes,
                       lanes == 1 ? "lane" : "lanes",
                       plan::name_of(options.mode),
                       options.seed);
}

// The command that runs one case inside the host, with the plugins this run was given.
std::string debugging_command(const Invocation& invocation, const std::string& case_id) {
    std::string command = "assay run --in-process";
    for (const char* option : {"--plugin", "--plugin-dir", "--config", "--param", "--seed"}) {
        for (const std::string& value : invocation.values(option)) {
            command += std::string(" ") + option + " '" + value + "'";
        }
    }
    return command + " '" + case_id + "'   # under a debugger: where it goes wrong";
}

json::array next_lines(const Invocation& invocation, const SessionOutcome& outcome) {
    json::array next;
    if (!outcome.first_crash.empty()) {
        next.emplace_back(debugging_command(invocation, outcome.first_crash));
    }
    return next;
}

RunSurroundings surroundings(const PreparedRun& run, const json::object& document) {
    RunSurroundings around;
    around.load_average = json_double(document, "load_average", 0);
    around.cpus = std::max(1u, std::thread::hardware_concurrency());
    around.lanes = lanes::Lanes(run.settings.session.lanes).count();
    for (const SessionSuite& suite : measured_suites(run.suites, run.plan.cases)) {
        if (suite.unoptimised) {
            around.unoptimised_plugins.push_back(suite.plugin_id);
        }
    }
    return around;
}

// With those that were asked for and are not there.
std::vector<RunWarning> with_counting(std::vector<RunWarning> warnings,
                                      const RunLaunchers& launchers) {
    std::ranges::move(launchers.warnings(), std::back_inserter(warnings));
    return warnings;
}

// Launches inside the host take turns anyway.
LaneWish lane_wish(const PreparedRun& run,
                   const SessionOptions& options,
                   std::uint32_t lanes,
                   const Interrupt& interrupt) {
    return {.lanes = options.isolation == Isolation::in_process ? 1 : lanes,
            .cases = run.plan.cases.size(),
            .pin = options.pin,
            .supply = lanes::processor_supply(),
            .stop = [&interrupt] { return interrupt.requested(); }};
}

// What can be told apart here, and what follows from it: said, done, and kept in the run. Not where
// launches run inside the host: there is nobody to pin, and a quick look is meant.
void heed_machine(const Messages& say, SessionOptions& options, json::object& document) {
    if (options.isolation == Isolation::in_process) {
        return;
    }
    const MachineResolution machine = machine_resolution(resolution_file(), unix_now_ns());
    follow(machine, options);
    describe_machine(machine, {}, document);
    say.note_line(resolution_text(machine, {}));
}

// How many lanes may measure at once: said, and kept in the run.
void admit_lanes(const Messages& say,
                 const LaneWish& wish,
                 SessionOptions& options,
                 json::object& document) {
    const LaneAdmission admission = lane_admission(admission_file(), unix_now_ns(), wish);
    options.measured_lanes = admission.measured_lanes();
    document["lanes"] = lanes_object(admission);
    if (admission.decision != LaneDecision::off) {
        say.note_line(lanes_text(admission));
    }
}

// Reporters that wait for the gate, where there is one.
std::optional<HeldReports> held_for_gate(const Invocation& invocation, report::Bus& bus) {
    return is_gated(invocation) ? std::optional<HeldReports>(bus) : std::nullopt;
}

ExitCode judge(const Invocation& invocation,
               const Messages& say,
               const PreparedRun& run,
               const RunRecording& recording,
               const RunGate& gate,
               HeldReports& held,
               bool cancelled) {
    const ExitCode code = gate.judge(invocation, say, run, recording, held, cancelled);
    return graver(code, held.finish(say, {})); // where the gate came to no end
}

// Measures everything and reports it.
ExitCode measure(const Invocation& invocation, const Messages& say, const PreparedRun& run) {
    Settings settings = run.settings;
    SessionOptions& options = settings.session; // the machine has a say in them
    const std::uint32_t lanes = lanes::Lanes(options.lanes).count();
    report::Bus bus;
    std::optional<HeldReports> held = held_for_gate(invocation, bus);
    if (invocation.has("--ci")) {
        settings.reporters =
            with_ci_reporters(std::move(settings.reporters), ReportsOf::run, run.loaded, say);
    }
    if (const Status opened =
            open_reporters(invocation, settings, run.loaded, say, held ? held->reporters() : bus);
        !opened) {
        return static_cast<ExitCode>(report(say, opened.error()));
    }
    const std::string run_id = make_run_id();
    const auto recording = RunRecording::open(invocation, settings, say, run_id, bus);
    if (!recording) {
        return static_cast<ExitCode>(report(say, recording.error()));
    }
    const auto gate = RunGate::open(invocation, settings, std::filesystem::current_path(), bus);
    if (!gate) {
        return static_cast<ExitCode>(report(say, gate.error()));
    }
    json::object document = run_document(run_id,
                                         unix_now_ns(),
                                         options,
                                         measured_suites(run.suites, run.plan.cases),
                                         invocation.argv,
                                         lanes);
    say.note_line(header(options, lanes, document));
    heed_machine(say, options, document);

    RunLaunchers launchers(settings, lanes);
    Interrupt interrupt([&] { launchers.cancel(); }, [&] { launchers.kill_all(); });
    admit_lanes(say, lane_wish(run, options, lanes, interrupt), options, document);
    announce_run(bus, document);
    Progress progress({.terminal = say.terminal().interactive,
                       .quiet = say.loudness() == Loudness::quiet,
                       .columns = say.terminal().columns});
    RunSession session(run.suites, run.plan, options, launchers.first(), bus, progress);
    const SessionOutcome outcome = session.run([&] { return interrupt.requested(); });

    announce_end(
        bus,
        document,
        {.outcome = outcome,
         .cases = run.plan.cases.size(),
         .order_seed = options.order_seed,
         .notes = with_counting(outcome.signs.warnings(surroundings(run, document)), launchers),
         .next = next_lines(invocation, outcome)});
    if (outcome.cancelled) {
        say.warning("cancelled: what was complete is reported");
    }
    ExitCode code = graver(code_of(outcome, run.plan.cases.size()), finish_reports(say, bus));
    code = graver(code, recording->keep(say));
    return *gate ? graver(code,
                          judge(invocation, say, run, *recording, **gate, *held, outcome.cancelled))
                 : code;
}

} // namespace

int run_command(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    if (invocation.has("--skip-run")) {
        const auto reports = RecordedReports::open(invocation, say);
        return reports ? gate_recorded(invocation, say, reports->get())
                       : report(say, reports.error());
    }
    if (invocation.has("--run")) {
        return report(say,
                      {.kind = ErrorKind::usage,
                       .message = "--run names a recorded run, and this one is measured",
                       .hint = "--skip-run judges and reports recorded runs"});
    }
    const auto run = prepare_run(invocation, say);
    if (!run) {
        return report(say, run.error());
    }
    if (run->nothing_to_do) {
        say.warning(*run->nothing_to_do);
        const bool empty_shard = run->plan.selected > 0;
        return static_cast<int>(
            graver(run->code, empty_shard ? ExitCode::pass : ExitCode::nothing));
    }
    if (invocation.has("--dry-run")) {
        return static_cast<int>(graver(run->code, static_cast<ExitCode>(print_dry_run(say, *run))));
    }
    return static_cast<int>(graver(run->code, measure(invocation, say, *run)));
}

} // namespace assay::app
