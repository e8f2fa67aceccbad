#include "rule_table.hpp"

#include <algorithm>
#include <limits>

namespace assay::policy_decision {

namespace {

constexpr double kNeverEscalates = std::numeric_limits<double>::infinity();

enum class TableTruth { no, yes, not_comparable };

TableTruth as_truth(bool holds) noexcept {
    return holds ? TableTruth::yes : TableTruth::no;
}

TableTruth truth_of(const TableCondition& condition, const Slot& slot) noexcept {
    if (condition.op == Op::missing) {
        return as_truth(!slot.is_present || (condition.is_boolean && slot.value == 0));
    }
    if (!slot.is_present) {
        return TableTruth::no;
    }
    if (slot.value != slot.value) {
        return TableTruth::not_comparable;
    }
    switch (condition.op) {
    case Op::less:
        return as_truth(slot.value < condition.operand);
    case Op::at_most:
        return as_truth(slot.value <= condition.operand);
    case Op::greater:
        return as_truth(slot.value > condition.operand);
    case Op::at_least:
        return as_truth(slot.value >= condition.operand);
    case Op::equal:
        return as_truth(slot.value == condition.operand);
    case Op::not_equal:
    case Op::missing:
        break;
    }
    return as_truth(slot.value != condition.operand);
}

double severity_of(const TableRule& rule, double read) noexcept {
    switch (rule.severity_from) {
    case SeverityFrom::constant:
        return rule.severity;
    case SeverityFrom::value:
        break;
    case SeverityFrom::shortfall:
        read = 1 - read;
        break;
    }
    return read != read ? 1 : std::clamp(read, 0.0, 1.0);
}

void sort_unique(std::vector<std::uint32_t>& numbers) {
    std::ranges::sort(numbers);
    const auto rest = std::ranges::unique(numbers);
    numbers.erase(rest.begin(), rest.end());
}

} // namespace

RuleTable::RuleTable(const PolicySet& set) {
    const std::vector<std::uint32_t> order = set.order();
    for (std::uint32_t place = 0; place < order.size(); ++place) {
        const std::vector<const Rule*> rules = set.rules_of(order[place]);
        for (std::uint32_t i = 0; i < rules.size(); ++i) {
            add(*rules[i],
                set.vocabulary(),
                {.place = place,
                 .policy = order[place],
                 .rule = i,
                 .enforcement = set.policy(order[place]).enforcement});
        }
    }
    sort_unique(compared_);
    sort_unique(read_);
}

void RuleTable::add(const Rule& rule, const Vocabulary& words, TableRule row) {
    row.first_condition = static_cast<std::uint32_t>(conditions_.size());
    row.conditions = static_cast<std::uint32_t>(rule.conditions.size());
    row.kind = rule.kind;
    row.graver = rule.escalation ? rule.escalation->kind : rule.kind;
    row.escalates_above = rule.escalation ? rule.escalation->above : kNeverEscalates;
    row.severity_from = rule.severity_from;
    row.severity = rule.severity;
    rules_.push_back(row);
    for (const Condition& condition : rule.conditions) {
        const std::uint32_t attribute = *words.find(condition.attribute);
        conditions_.push_back({.attribute = attribute,
                               .op = condition.op,
                               .is_boolean = type_of(condition.operand) == AttributeType::boolean,
                               .operand = words.number(condition.operand)});
        read_.push_back(attribute);
        if (condition.op != Op::missing) {
            compared_.push_back(attribute);
        }
    }
}

std::uint32_t RuleTable::unknown_in(const Context& context) const noexcept {
    std::uint32_t unknown = 0;
    for (const std::uint32_t attribute : compared_) {
        unknown += context.slot(attribute).is_present ? 0 : 1;
    }
    return unknown;
}

bool RuleTable::judge(const TableRule& rule, const Context& context, Decision& decision) const {
    ViolationReason reason = ViolationReason::conditions_hold;
    for (const TableCondition& condition : conditions_of(rule)) {
        const TableTruth truth = truth_of(condition, context.slot(condition.attribute));
        if (truth == TableTruth::no) {
            return false;
        }
        if (truth == TableTruth::not_comparable) {
            reason = ViolationReason::not_comparable;
        }
    }
    const double read = context.slot(conditions_[rule.first_condition].attribute).value;
    const bool is_graver =
        rule.escalates_above != kNeverEscalates && !(read <= rule.escalates_above);
    decision.add({.policy = rule.policy,
                  .rule = rule.rule,
                  .kind = is_graver ? rule.graver : rule.kind,
                  .reason = reason,
                  .severity = severity_of(rule, read)},
                 rule.enforcement);
    return true;
}

} // namespace assay::policy_decision
