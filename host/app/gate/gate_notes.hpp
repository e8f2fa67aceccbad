// What people should know beside a gate's lines: reasons to doubt the run, what its rules do not
// ask about, and what would decide what is open.
//
//   heading.notes = gate_notes({.gates = gates, .matched = matched, .plan = plan, ...});
//
// Pure; any thread.
#pragma once

#include "app/comparison/comparison_session.hpp"
#include "app/gate/gate_cases.hpp"
#include "app/session/warnings.hpp"
#include "verdict/gate.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::app {

struct GateFacts {
    const verdict::GateFile& gates;
    const std::vector<MatchedCase>& matched; // all of both sides
    const GatePlan& plan;
    const ComparisonOutcome& outcome;
    const verdict::GateReport& report;
    std::string baseline;
    bool cancelled = false; // then nothing is advised: the user knows why it ended
};

std::vector<RunWarning> gate_notes(const GateFacts& facts);

// The control by which a null control fired, with how much the old build differed from its copy.
struct FiredControl {
    std::string case_id;
    double change = 0; // new / old - 1
};

std::optional<FiredControl> fired_control(const ComparisonOutcome& outcome);

} // namespace assay::app
