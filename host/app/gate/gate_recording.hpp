// The run of a gate in the history: today's build measured by itself, as `assay run` does it, with
// the lines and verdicts of the gate beside it.
//
//   auto recording = GateRecording::open(invocation, settings, say, matched, plan, bus);
//   TodaysFigures today = measure_today(say, {..., .run_id = recording->run_id()}, bus);
//   ExitCode code = recording->keep(say);
//   code = graver(code, recording->keep_lines(invocation, say, settings, judged));
//
// Figures of pairs are no points of a series: two builds that take turns on a CPU are measured
// otherwise than one that has it for itself, and a line through both would bend where the command
// changed. So the cases that are compared are measured once more. Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/comparison/matched_case.hpp"
#include "app/exit_code.hpp"
#include "app/gate/gate_cases.hpp"
#include "app/message.hpp"
#include "app/recording/run_recording.hpp"
#include "app/settings.hpp"
#include "report/bus.hpp"
#include "support/result.hpp"
#include "verdict/gate.hpp"

#include <string>
#include <vector>

namespace assay::app {

class GateRecording {
public:
    // Where the run is recorded (as that of `assay run`), `plan` gets the cases that are measured
    // for the history alone: those that are compared; with --ci all that today's build has. Errors:
    // those of RunRecording::open().
    static Result<GateRecording> open(const Invocation& invocation,
                                      const Settings& settings,
                                      const Messages& say,
                                      const std::vector<MatchedCase>& matched,
                                      GatePlan& plan,
                                      report::Bus& bus);

    [[nodiscard]] bool is_on() const noexcept { return recording_.is_on(); }

    [[nodiscard]] const std::string& run_id() const noexcept { return run_id_; }

    // After the bus has finished, where anything was measured.
    [[nodiscard]] ExitCode keep(const Messages& say) const { return recording_.keep(say); }

    // After keep() has passed.
    [[nodiscard]] ExitCode keep_lines(const Invocation& invocation,
                                      const Messages& say,
                                      const Settings& settings,
                                      const verdict::GateReport& judged) const;

private:
    std::string run_id_;
    RunRecording recording_;
};

} // namespace assay::app
