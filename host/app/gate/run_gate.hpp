// `assay run --gate FILE`: the figures of a run held against the rules of a gate, limits against
// numbers, regressions against recorded runs.
//
//   auto gate = RunGate::open(invocation, settings, here, bus);       // nothing: none is asked for
//   ...                                                               // the run
//   if (*gate) code = graver(code, (*gate)->judge(say, run, outcome));
//
// Called from main's thread; its receiver works on the bus's thread for it.
#pragma once

#include "app/command_table.hpp"
#include "app/exit_code.hpp"
#include "app/gate/gate_settings.hpp"
#include "app/gate/held_reports.hpp"
#include "app/message.hpp"
#include "app/recording/run_recording.hpp"
#include "app/session/prepared_run.hpp"
#include "history/run_from_events.hpp"
#include "report/bus.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace assay::app {

// Whether a run is held against rules: --gate names them; --ci takes the project's, else those that
// a gate has of its own.
[[nodiscard]] bool is_gated(const Invocation& invocation);

class RunGate {
public:
    // Errors: those of the gate file, of --regression-threshold, of a threshold without a gate.
    static Result<std::optional<RunGate>> open(const Invocation& invocation,
                                               const Settings& settings,
                                               const std::filesystem::path& here,
                                               report::Bus& bus);

    // After the bus has finished and the run is kept. Lets the reporters tell what it found, prints
    // the lines, keeps verdicts and lines in the history where the run is recorded, and says what
    // they amount to.
    [[nodiscard]] ExitCode judge(const Invocation& invocation,
                                 const Messages& say,
                                 const PreparedRun& run,
                                 const RunRecording& recording,
                                 HeldReports& held,
                                 bool cancelled) const;

private:
    // What came by on the bus.
    struct Seen {
        std::map<std::string, report::CaseResult> results; // by case id
        history::RunFromEvents events;
    };

    class Watcher;

    GateSettings settings_;
    std::shared_ptr<Seen> seen_;
};

} // namespace assay::app
