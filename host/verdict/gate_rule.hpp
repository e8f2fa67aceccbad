// The rules of a gate as values, and which of them count for a case.
//
//   for (const GateRule* rule : rules_for(gates, {.id = "s/f", .suite = "s", .family = "f"})) ...
//
// Pure; any thread.
#pragma once

#include "verdict/amount.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::verdict {

enum class RuleKind { regression, limit, improvement };
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
    n
};
enum class Operator { less, at_most, greater, at_least, equal, within };
enum class Scale { automatic, relative, points };

std::string_view name_of(RuleKind kind) noexcept;
std::string_view name_of(Statistic statistic) noexcept;
std::string_view name_of(Operator op) noexcept; // "<", "<=", ...

// The cases a rule is about; what is not said matches all.
struct RuleMatch {
    std::optional<std::string> suite = {}, family = {}, case_id = {}, tag = {};
    std::vector<std::pair<std::string, std::string>> params =
        {}; // axis, value as the case id has it

    // How much it says: an exact id before any number of others.
    [[nodiscard]] std::size_t specificity() const noexcept;
};

struct GateRule {
    std::string id;
    RuleKind kind = RuleKind::regression;
    RuleMatch match;
    std::string metric = "time";
    // Of a limit:
    Statistic statistic = Statistic::median;
    Operator op = Operator::less;
    Amount value, high; // `high` of within alone
    // Of a regression or improvement, as shares:
    double warn = 0.10, fail = 0.20, severe = 0.25, improve = 0.05;
    Scale scale = Scale::automatic;
    bool locked = false, optional = false;
};

struct GatePolicy {
    bool allow_missing_baseline = false, allow_missing_case = false, allow_undecided = false,
         allow_incomparable = false;
    std::size_t min_compared = 1;
};

struct GateFile {
    std::string name;            // of the file, or "built-in rules"
    bool has_own_rules = true;   // else `time`, and whatever metrics the suites themselves gate
    double floor = 0.01;         // below this nothing is called a change: the comparison's margin
    std::optional<double> alpha; // as the file says
    GatePolicy policy;
    std::vector<GateRule> rules;
};

// A regression of `time` with the default limits.
GateFile default_gates();

// `fail` of every regression rule that is not locked becomes `share`; its warning is lowered to it
// and its `severe` raised to it where they would cross.
void set_regression_threshold(GateFile& gates, double share);

// A case as rules match it.
struct RuleSubject {
    std::string id, suite, family;
    std::vector<std::pair<std::string, std::string>> params = {}; // axis, value as text
    std::vector<std::string> tags = {};
};

[[nodiscard]] bool matches(const RuleMatch& match, const RuleSubject& subject);

// The rules that count for a case, in the file's order: of those that ask the same (kind, metric,
// statistic, side of the limit) the most specific, then the later one.
[[nodiscard]] std::vector<const GateRule*> rules_for(const GateFile& gates,
                                                     const RuleSubject& subject);

} // namespace assay::verdict
