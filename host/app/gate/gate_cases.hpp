// The cases that a gate judges: which its rules are about, what has to be measured for them, and
// what came out of it.
//
//   std::vector<MatchedCase> matched = match(old_side, new_side);
//   GatePlan plan = gate_plan(gates, matched);
//   std::vector<verdict::GateCase> cases = gate_cases(matched, outcome, figures);
//
// Pure; any thread.
#pragma once

#include "app/comparison/comparison_options.hpp"
#include "app/comparison/comparison_session.hpp"
#include "app/comparison/matched_case.hpp"
#include "report/event.hpp"
#include "verdict/gate.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay::app {

// Both builds are the same bytes, libraries beside them included, with the same configuration.
[[nodiscard]] bool are_identical(const MatchedCase& matched);

[[nodiscard]] verdict::RuleSubject subject_of(const MatchedCase& matched);
[[nodiscard]] verdict::RuleSubject subject_of(const measure::SuiteDescription& suite,
                                              const plan::PlannedCase& planned);

// What a run measured of a case, into the case as a gate judges it.
void take_today(verdict::GateCase& one, const report::CaseResult& result);

// Holds the metrics that the suites themselves gate to the limits of the rule about `time`, unless
// the project has rules of its own. Before gate_plan().
void add_gated_metrics(verdict::GateFile& gates, const std::vector<MatchedCase>& matched);

// Makes the rules about patterns ("*_latency") rules about the metrics that any of the cases may
// have. Before gate_plan().
void name_metrics(verdict::GateFile& gates, const std::vector<MatchedCase>& matched);

// What has to be measured for the rules: nothing where both builds are identical, unless a limit
// asks for today's figure.
struct GatePlan {
    std::vector<MatchedCase> compared; // pairs of both builds
    std::vector<WatchedLimit> watched; // limits that these pairs are to answer
    bool counts_pairs = false;         // a rule about both builds names instructions
    std::vector<std::string> case_ids; // of today's build, measured by itself
    bool counts_today = false;         // a limit names instructions
    bool memory_today = false;         // a limit names allocations or what goes with them
};

GatePlan gate_plan(const verdict::GateFile& gates, const std::vector<MatchedCase>& matched);

// `matched`: all of both sides. `today`: by case id, what the limits ask for.
std::vector<verdict::GateCase> gate_cases(const std::vector<MatchedCase>& matched,
                                          const ComparisonOutcome& outcome,
                                          const std::map<std::string, report::CaseResult>& today);

} // namespace assay::app
