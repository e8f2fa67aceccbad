#include "fundamental_policies.hpp"

#include <string>
#include <utility>

namespace assay::policy_decision {

namespace {

Policy
fundamental(const char* id, std::int32_t priority, double enforcement, std::vector<Rule> rules) {
    return {.id = id,
            .type = PolicyType::fundamental,
            .priority = priority,
            .enforcement = enforcement,
            .rules = std::move(rules)};
}

Rule always(std::vector<Condition> conditions, ViolationKind kind, double severity) {
    return {.conditions = std::move(conditions), .kind = kind, .severity = severity};
}

Policy safety() {
    return fundamental(
        "core-safety",
        1000,
        1.0,
        {{.conditions = {{"risk_level", Op::greater, 0.8}},
          .kind = ViolationKind::moderate,
          .escalation = Escalation{.above = 0.9, .kind = ViolationKind::major},
          .severity_from = SeverityFrom::value},
         always({{"potential_harm", Op::equal, true}}, ViolationKind::critical, 0.9)});
}

Policy fairness() {
    return fundamental("fairness",
                       900,
                       0.9,
                       {always({{"bias_detected", Op::equal, true}}, ViolationKind::major, 0.8),
                        {.conditions = {{"fairness_score", Op::less, 0.6}},
                         .kind = ViolationKind::moderate,
                         .severity_from = SeverityFrom::shortfall}});
}

Policy privacy() {
    return fundamental(
        "privacy",
        800,
        0.9,
        {always({{"uses_personal_data", Op::equal, true}, {"consent", Op::missing, false}},
                ViolationKind::major,
                0.8),
         always({{"retention_days", Op::greater, 365.0}}, ViolationKind::moderate, 0.5)});
}

Policy autonomy() {
    return fundamental(
        "autonomy-and-transparency",
        700,
        0.8,
        {always({{"affects_users", Op::equal, true}, {"user_override", Op::missing, false}},
                ViolationKind::moderate,
                0.6),
         always({{"manipulation", Op::equal, true}}, ViolationKind::critical, 0.9),
         always({{"is_decision", Op::equal, true}, {"logged", Op::missing, false}},
                ViolationKind::minor,
                0.4),
         always({{"explanation_required", Op::equal, true},
                 {"explanation", Op::missing, std::string()}},
                ViolationKind::moderate,
                0.6)});
}

} // namespace

std::vector<Policy> fundamental_policies() {
    return {safety(), fairness(), privacy(), autonomy()};
}

} // namespace assay::policy_decision
