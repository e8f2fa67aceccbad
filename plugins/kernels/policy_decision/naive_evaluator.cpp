#include "naive_evaluator.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace assay::policy_decision {

namespace {

enum class NaiveTruth { no, yes, not_comparable };

template <typename T>
bool compare(const T& left, Op op, const T& right) {
    switch (op) {
    case Op::less:
        return left < right;
    case Op::at_most:
        return left <= right;
    case Op::greater:
        return left > right;
    case Op::at_least:
        return left >= right;
    case Op::equal:
        return left == right;
    default:
        return left != right;
    }
}

NaiveTruth truth_of(const Condition& condition, const std::map<std::string, Value>& context) {
    const auto found = context.find(condition.attribute);
    const bool is_there = found != context.end();
    bool holds = false;
    if (condition.op == Op::missing) {
        holds = !is_there || found->second == Value(false);
    } else if (is_there) {
        if (const double* number = std::get_if<double>(&found->second)) {
            if (std::isnan(*number)) {
                return NaiveTruth::not_comparable;
            }
            holds = compare(*number, condition.op, std::get<double>(condition.operand));
        } else {
            holds = compare(found->second, condition.op, condition.operand);
        }
    }
    return holds ? NaiveTruth::yes : NaiveTruth::no;
}

// What the rule found; nothing where it is kept.
std::optional<Violation> broken(const Rule& rule, const Context& context) {
    Violation violation{.kind = rule.kind, .severity = rule.severity};
    for (const Condition& condition : rule.conditions) {
        const NaiveTruth truth = truth_of(condition, context.named());
        if (truth == NaiveTruth::no) {
            return std::nullopt;
        }
        if (truth == NaiveTruth::not_comparable) {
            violation.reason = ViolationReason::not_comparable;
        }
    }
    if (rule.severity_from == SeverityFrom::constant && !rule.escalation) {
        return violation;
    }
    const double read = std::get<double>(context.named().at(rule.conditions.front().attribute));
    if (rule.escalation && (std::isnan(read) || read > rule.escalation->above)) {
        violation.kind = rule.escalation->kind;
    }
    if (rule.severity_from != SeverityFrom::constant) {
        const double severity = rule.severity_from == SeverityFrom::value ? read : 1 - read;
        violation.severity = std::isnan(severity) ? 1 : std::clamp(severity, 0.0, 1.0);
    }
    return violation;
}

} // namespace

NaiveEvaluator::NaiveEvaluator(const PolicySet& set)
    : set_(&set) {}

void NaiveEvaluator::read_set() {
    order_.clear();
    compared_.clear();
    for (const std::uint32_t number : set_->order()) {
        Ordered& ordered = order_.emplace_back();
        ordered.number = number;
        for (const Rule* rule : set_->rules_of(number)) {
            ordered.rules.push_back(*rule);
            for (const Condition& condition : rule->conditions) {
                if (condition.op != Op::missing) {
                    compared_.insert(condition.attribute);
                }
            }
        }
    }
    version_ = set_->version();
}

bool NaiveEvaluator::violates(const Ordered& policy, const Context& context) {
    bool is_violated = false;
    for (std::uint32_t rule = 0; rule < policy.rules.size(); ++rule) {
        if (std::optional<Violation> violation = broken(policy.rules[rule], context)) {
            violation->policy = policy.number;
            violation->rule = rule;
            decision_.add(*violation, set_->policy(policy.number).enforcement);
            is_violated = true;
        }
    }
    return is_violated;
}

const Decision& NaiveEvaluator::decide(const Context& context) {
    if (version_ != set_->version()) {
        read_set();
    }
    decision_.clear();
    for (const std::string& attribute : compared_) {
        decision_.unknown_attributes += context.named().contains(attribute) ? 0 : 1;
    }
    for (const Ordered& policy : order_) {
        if (violates(policy, context) &&
            set_->policy(policy.number).enforcement >= kEnforcementEnds) {
            break;
        }
    }
    return decision_;
}

} // namespace assay::policy_decision
