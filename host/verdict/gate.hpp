// A gate: what its rules say about a comparison and about the figures of today's build, line by
// line.
//
//   GateReport report = judge(gates, cases, {.alpha = 0.05});
//   if (report.worst == GateOutcome::failed) ...
//
// Pure; any thread.
#pragma once

#include "measure/description.hpp"
#include "statistics/evidence.hpp"
#include "statistics/summary.hpp"
#include "verdict/gate_rule.hpp"
#include "verdict/lattice.hpp"
#include "verdict/launch_figures.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::verdict {

// What there is about a case beside its figures.
enum class CaseStanding {
    compared,
    identical, // both builds are the same bytes: nothing was measured, nothing can differ
    no_baseline,
    missing, // today's build does not have it
    incomparable,
    broken,        // crashed, timed out, wrong
    measured_only, // no rule asks for a comparison
};

// One metric of one case. The launches of both sides are those of its pairs, in their order; as
// many as there are pairs, or they are launches of their own: of verify(), of counting.
// What a source counts in, where that is not the unit of its figures: {"ms", 0.001} of seconds.
struct ToldUnit {
    std::string name = {};
    double factor = 1;
};

struct GateFigure {
    std::string key, unit;
    ToldUnit told_in = {};                     // what a limit without a unit is in; no name: `unit`
    std::optional<bool> higher_is_better = {}; // nothing: it has no direction
    bool exact = false;                        // said to give the same figure for the same seed
    bool only_verified = false;                // by verify(), which is called once for a build
    measure::Clock clock = measure::Clock::automatic; // of what was measured; automatic: no time
    LaunchFigures old_launches = {}, new_launches = {};
    statistics::Summary today = {}; // n == 0: unavailable
    std::string reason = {};        // of what is unavailable or lost
    bool lost = false;              // the run ought to have it, and says nothing of it
    // What recorded runs know of it; nothing: no history was asked.
    std::optional<KnownSeries> stored = {};
};

// What a case tried today: calls, requests, launches, as its source counts them.
struct Attempts {
    std::size_t made = 0, failed = 0;
};

struct GateCase {
    RuleSubject subject;
    CaseStanding standing = CaseStanding::measured_only;
    std::string reason;
    bool is_for_pairs = false; // known before the first pair, whatever became of the case since
    std::vector<double> pairs; // x of `time`, positive = slower
    bool drifting = false;     // the first and the last of these pairs tell different stories
    std::vector<GateFigure> figures;
    std::optional<Attempts> attempts = {}; // nothing: not counted
};

enum class GateOutcome { passed, warned, failed, undecided, not_applicable, nothing, broken };

// "PASS", "WARN", "FAIL", "UNDECIDED", "N/A", "NOTHING", "BROKEN"
std::string_view name_of(GateOutcome outcome) noexcept;

struct GateLine {
    std::string rule, case_id, metric;
    RuleKind kind = RuleKind::regression;
    GateOutcome outcome = GateOutcome::not_applicable;
    std::string severity;         // of a regression: "minor", "moderate", "severe"
    std::optional<double> figure; // of a regression the change, positive = worse
    std::string unit;             // of the figure; "%" and "points" for changes
    bool exact = false;           // it is one of a metric that is compared to the last one
    std::string limit;            // "at most 20 % worse", "< 100 ms"
    std::string statistic;
    measure::Clock clock = measure::Clock::automatic; // behind the figure; automatic: no time
    std::size_t n = 0;                                // pairs, or samples
    std::string reason;
    bool wants_pairs = false; // undecided, and it is pairs that are missing
    // Of stored figures; "compare" where pairs answered, empty of limits and what was not asked:
    std::string evidence = {};
    std::string baseline = {}; // what it is held against, for people
    std::string verdict = {};  // "regressed(moderate)", "noisy", ...; empty of limits
    std::optional<double> mde = {}, fence = {};        // as the figure: in "%" or "points"
    std::optional<statistics::Interval> interval = {}; // of the figure
};

struct GateReport {
    std::vector<GateLine> lines;        // by case, then rule
    std::vector<std::string> unmatched; // rules that were asked for and met nothing
    // Of those, which later rule asks the same of the same cases: a rule's id by the id of the
    // other.
    std::map<std::string, std::string> replaced = {};
    std::map<std::string, std::string> why_unmatched =
        {};                 // by rule: what it names that is not there
    std::size_t judged = 0; // lines with figures, decided or not
    // Every outcome that counts for the exit code once, gravest first.
    std::vector<GateOutcome> outcomes;
};

struct GateContext {
    double alpha = 0.05;
    statistics::EvidenceMethod method = statistics::EvidenceMethod::mixture;
    bool null_control_fired = false;       // nothing of the run is claimed, whatever it rests on
    bool positive_control_missed = false;  // without one, nothing is shown to be well
    bool cancelled = false;                // what has no figure was not reached
    std::optional<double> host_noise = {}; // robust spread of equal work, lower is quieter
};

// The file with its patterns as the metrics that any of the cases has.
[[nodiscard]] GateFile with_metrics_of(const GateFile& gates, const std::vector<GateCase>& cases);

// The questions about all cases form one family per level (fail, warn, improve): see
// limit_test.hpp.
[[nodiscard]] GateReport
judge(const GateFile& gates, const std::vector<GateCase>& cases, const GateContext& context);

} // namespace assay::verdict
