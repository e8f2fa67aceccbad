// What a gate found, as text for people and as the document assay.gate/1 (schemas/gate.json), and
// the exit code that it amounts to.
//
//   print_result(say, gate_text(report, heading, look));
//   return graver(code_of(report), ...);
//
// Pure; any thread.
#pragma once

#include "app/exit_code.hpp"
#include "support/json.hpp"
#include "verdict/gate.hpp"

#include <string>

namespace assay::app {

// What was judged against what.
struct GateHeading {
    std::string gates;    // the file
    std::string baseline; // "@main"
    std::size_t compared = 0, identical = 0, cases = 0;
    bool cancelled = false;
    std::string null_control = {}, positive_control = {}; // as in assay.comparison/1
    std::string budget_note = {}; // what to do about undecided lines; may be empty
};

std::string gate_text(const verdict::GateReport& report, const GateHeading& heading, bool color);

json::object gate_document(const verdict::GateReport& report, const GateHeading& heading);

// The gravest outcome of the lines; 4 for a gate that judged too little or has an unmatched rule.
ExitCode code_of(const verdict::GateReport& report);

} // namespace assay::app
