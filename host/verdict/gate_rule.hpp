// The rules of a gate as values, and which of them count for a case.
//
//   for (const GateRule* rule : rules_for(gates, {.id = "s/f", .suite = "s", .family = "f"})) ...
//
// Pure; any thread.
#pragma once

#include "verdict/amount.hpp"
#include "verdict/severity.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::verdict {

enum class RuleKind { regression, limit, improvement, no_new_alerts, host };

// About the machine or the history as a whole, and about no case.
[[nodiscard]] constexpr bool is_about_no_case(RuleKind kind) noexcept {
    return kind == RuleKind::no_new_alerts || kind == RuleKind::host;
}

enum class Statistic {
    median,
    mean,
    min,
    max,
    p05,
    p25,
    p75,
    p90,
    p95,
    p99,
    p999,
    stddev,
    mad,
    cv,
    n,
    failures, // of what was attempted today, where that is counted
    rate      // of failures: their share of the attempts
};
enum class Operator { less, at_most, greater, at_least, equal, within };
enum class Scale { automatic, relative, points };
// What may fail a regression or an improvement: pairs of both builds alone, or recorded runs too.
enum class Evidence { compare, history };

std::string_view name_of(RuleKind kind) noexcept;
std::string_view name_of(Statistic statistic) noexcept;
std::string_view name_of(Operator op) noexcept; // "<", "<=", ...
std::string_view name_of(Evidence evidence) noexcept;

// The cases a rule is about; what is not said matches all.
struct RuleMatch {
    std::optional<std::string> suite = {}, family = {}, case_id = {}, tag = {};
    std::vector<std::pair<std::string, std::string>> params =
        {}; // axis, value as the case id has it

    // How much it says: an exact id before any number of others.
    [[nodiscard]] std::size_t specificity() const noexcept;

    friend bool operator==(const RuleMatch&, const RuleMatch&) = default;
};

struct GateRule {
    std::string id;
    RuleKind kind = RuleKind::regression;
    RuleMatch match;
    std::string metric = "time"; // a key, or a pattern: "*_latency" (expand_patterns)
    bool by_pattern = false;     // `metric` came of one: a rule that names the key goes before
    // Of a limit, and of the noise of the host:
    Statistic statistic = Statistic::median;
    Operator op = Operator::less;
    Amount value, high; // `high` of within alone
    // Of a regression or improvement, as shares:
    double warn = 0.10, fail = 0.20, severe = 0.25, improve = 0.05;
    // The first three where a change is one in points, as that of a hit rate; / 100. A rule that
    // says one of them means as many points; those of a file's `defaults` are not of points.
    SeverityLimits points = default_limits(ChangeScale::points);
    Scale scale = Scale::automatic;
    Evidence evidence = Evidence::compare;
    bool locked = false, optional = false;

    // warn, fail and severe of changes on that scale.
    [[nodiscard]] SeverityLimits limits(bool in_points) const noexcept {
        return in_points ? points : SeverityLimits{.warn = warn, .fail = fail, .severe = severe};
    }
};

// What a verdict of stored figures that is neither pass nor failure amounts to.
enum class Leniency { fail, undecided, warn, allow };

struct GatePolicy {
    bool allow_missing_baseline = false, allow_missing_case = false, allow_undecided = false,
         allow_incomparable = false;
    std::size_t min_compared = 1;
    // Of stored figures alone:
    Leniency environment_shift = Leniency::undecided, drift = Leniency::warn;
    std::optional<double> min_host_score = {}; // see host_score()
    bool shared_runner_decides = false;        // although its host is noisy
};

struct GateFile {
    std::string name;            // of the file, or "built-in rules"
    bool has_own_rules = true;   // else `time`, and whatever metrics the suites themselves gate
    double floor = 0.01;         // below this nothing is called a change: the comparison's margin
    std::optional<double> alpha; // as the file says
    GatePolicy policy;
    std::vector<GateRule> rules;
};

// Every rule about a pattern becomes one for each key that it names, under the same id; one that
// names none stays, and will be unmatched. `keys` may repeat.
void expand_patterns(GateFile& gates, const std::vector<std::string>& keys);

// A regression of `time` with the default limits.
GateFile default_gates();

// `fail` of every regression rule that is not locked becomes `share`; its warning is lowered to it
// and its `severe` raised to it where they would cross. Limits in points stay as they are.
void set_regression_threshold(GateFile& gates, double share);

// A case as rules match it.
struct RuleSubject {
    std::string id, suite, family;
    std::vector<std::pair<std::string, std::string>> params = {}; // axis, value as text
    std::vector<std::string> tags = {};
};

[[nodiscard]] bool matches(const RuleMatch& match, const RuleSubject& subject);

// A later rule that asks the same of the same cases, so that this one judges none; or none.
[[nodiscard]] const GateRule* replacement_of(const GateFile& gates, const GateRule& rule);

// The rules that count for a case, in the file's order: of those that ask the same (kind, metric,
// statistic, side of the limit) the most specific, then the later one. Rules about the host are
// about no case.
[[nodiscard]] std::vector<const GateRule*> rules_for(const GateFile& gates,
                                                     const RuleSubject& subject);

} // namespace assay::verdict
