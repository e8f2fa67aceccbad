// What a gate found, as text for people and as the document assay.gate/1 (schemas/gate.json), and
// the exit code that it amounts to.
//
//   print_result(say, gate_text(report, heading, look));
//   return code_of(report, heading);
//
// Pure; any thread.
#pragma once

#include "app/exit_code.hpp"
#include "app/gate/gate_notes.hpp"
#include "app/gate/rule_lines.hpp"
#include "app/session/warnings.hpp"
#include "support/json.hpp"
#include "verdict/gate.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::app {

// What was judged against what.
struct GateHeading {
    std::string gates;    // the file
    std::string baseline; // "@main"
    std::string run = {}; // uuid of the recorded run that is judged, or measured; empty: none is
    std::string results = {}; // the file of another tool that is judged, advisory; empty: none is
    std::size_t compared = 0, identical = 0, cases = 0;
    bool measured = true; // else it is about figures that were taken before, here or elsewhere
    bool cancelled = false;
    std::string null_control = {}, positive_control = {}; // as in assay.comparison/1
    std::optional<FiredControl> fired = {};               // of the null control
    json::value resolution = nullptr;                     // null: nothing was measured
    std::vector<RunWarning> notes = {};
    RuleLines rule_lines = {};         // of that file
    ExitCode reports = ExitCode::pass; // what became of the reporters' files
};

std::string gate_text(const verdict::GateReport& report, const GateHeading& heading, bool color);

json::object gate_document(const verdict::GateReport& report, const GateHeading& heading);

// What one line amounts to.
ExitCode code_of(verdict::GateOutcome outcome);

// The gravest of the lines' outcomes (4 for a gate that judged too little or has an unmatched rule)
// and of what became of the run.
ExitCode code_of(const verdict::GateReport& report, const GateHeading& heading);

} // namespace assay::app
