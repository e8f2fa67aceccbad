// What a policy is: rules over typed attributes, and what it means to break one.
//
//   const Policy policy{.id = "core-safety", .priority = 100, .enforcement = 1.0,
//                       .rules = {{.conditions = {{"risk_level", Op::greater, 0.8}},
//                                  .kind = ViolationKind::moderate, .severity = 0.8}}};
//
// A rule is broken where all its conditions hold. Nothing but the rules decides what is evaluated:
// neither type nor id of a policy is ever asked. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace assay::policy_decision {

enum class AttributeType : std::uint8_t { number, boolean, text }; // in the order of Value

using Value = std::variant<double, bool, std::string>;

[[nodiscard]] inline AttributeType type_of(const Value& value) noexcept {
    return static_cast<AttributeType>(value.index());
}

// Numbers have all of them; what is true, false or a text has `equal` and `not_equal`. `missing`
// holds where the context lacks the attribute, and of a boolean also where it is false.
enum class Op : std::uint8_t { less, at_most, greater, at_least, equal, not_equal, missing };

struct Condition {
    std::string attribute = {};
    Op op = Op::equal;
    Value operand = true; // of `missing`: only its type counts
};

enum class ViolationKind : std::uint8_t { minor, moderate, major, critical, systemic };

// From what the severity of a violation comes: a constant, or the number that the first condition
// reads (v: min(1, v); shortfall: 1 - v; both within 0 to 1).
enum class SeverityFrom : std::uint8_t { constant, value, shortfall };

// A graver kind where the number that the first condition reads is above a limit.
struct Escalation {
    double above = 0;
    ViolationKind kind = ViolationKind::major;
};

struct Rule {
    std::vector<Condition> conditions = {}; // all of them; at least one
    ViolationKind kind = ViolationKind::moderate;
    std::optional<Escalation> escalation = {};
    SeverityFrom severity_from = SeverityFrom::constant;
    double severity = 0.5; // the constant
};

enum class PolicyType : std::uint8_t {
    fundamental,
    operational,
    safety,
    ethical,
    procedural,
    emergency
};

enum class PolicyStatus : std::uint8_t { active, proposed, deprecated, suspended, archived };

inline constexpr double kEnforcementEnds = 1.0;   // violated: nothing after it is evaluated
inline constexpr double kEnforcementBlocks = 0.8; // violated: the action is blocked

struct Policy {
    std::string id = {};
    PolicyType type = PolicyType::operational;  // told in reports, never asked
    PolicyStatus status = PolicyStatus::active; // others are not evaluated
    std::int32_t priority = 0;                  // higher first, ties by id
    double enforcement = 0.5;                   // 0 to 1
    std::vector<Rule> rules = {};               // any broken one violates the policy
    std::optional<std::string> extends = {};    // whose rules stand before its own
};

// A policy, a rule or a context that makes no sense. Says where, what, and what was expected.
class PolicyError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace assay::policy_decision
