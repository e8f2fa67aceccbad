// What a comparison was asked to do, as typed values.
//
//   Result<ComparisonOptions> options = comparison_options(invocation, settings);
//
// Pure; any thread.
#pragma once

#include "app/command_table.hpp"
#include "app/session/session_options.hpp"
#include "app/settings.hpp"
#include "statistics/evidence.hpp"
#include "verdict/pair_questions.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

// What a gate will ask about: the case gets pairs until they can answer.
struct WatchedLimit {
    std::string case_id;
    verdict::PairQuestion question; // of that case; its family is the level, all cases together
};

struct ComparisonOptions {
    SessionOptions session;   // its order_seed draws roles, orders and CPUs
    double margin = 0.01;     // smallest relative change that matters
    bool margin_auto = false; // but no less than what the machine resolves in the budget
    double alpha = 0.05;
    statistics::EvidenceMethod method = statistics::EvidenceMethod::mixture;
    std::optional<std::chrono::milliseconds> budget; // nothing = min(10 s x cases, 10 min)
    bool controls = true;
    bool require_same_results = false;
    // What asks for pairs beside the verdicts on `time`: this, or where nobody names anything the
    // metrics that the suites themselves gate.
    std::optional<std::vector<WatchedLimit>> watched;
    // Tests alone switch it off, to see what the drawing is good for: the new build is always
    // worker 0 then.
    bool random_roles = true;
};

// The time that a comparison of so many cases may take: what was asked, else ten seconds a case and
// ten minutes at most.
double budget_seconds(const ComparisonOptions& options, std::size_t cases) noexcept;

// What the command line says over `defaults`. Errors: usage.
Result<ComparisonOptions> comparison_options(const Invocation& invocation,
                                             const Settings& settings,
                                             ComparisonOptions defaults = {});

} // namespace assay::app
