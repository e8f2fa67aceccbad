// Active policies as one flat table in the order of evaluation: conditions beside each other,
// attributes and texts as numbers, nothing to look up by name.
//
//   const RuleTable table(set);
//   for (const TableRule& rule : table.rules()) { table.judge(rule, context, decision); }
//
// A value; any thread.
#pragma once

#include "context.hpp"
#include "decision.hpp"
#include "policy_set.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace assay::policy_decision {

struct TableCondition {
    std::uint32_t attribute = 0;
    Op op = Op::equal;
    bool is_boolean = false; // for `missing`
    double operand = 0;
};

struct TableRule {
    std::uint32_t first_condition = 0, conditions = 0;
    std::uint32_t place = 0;  // of its policy in the order of evaluation
    std::uint32_t policy = 0; // its number in the set
    std::uint32_t rule = 0;   // among those of the policy
    ViolationKind kind = ViolationKind::minor;
    ViolationKind graver = ViolationKind::minor; // above `escalates_above`
    SeverityFrom severity_from = SeverityFrom::constant;
    double escalates_above = 0; // infinity where it does not
    double severity = 0;
    double enforcement = 0;
};

class RuleTable {
public:
    RuleTable() = default;
    explicit RuleTable(const PolicySet& set);

    [[nodiscard]] std::span<const TableRule> rules() const noexcept { return rules_; }

    [[nodiscard]] std::span<const TableCondition>
    conditions_of(const TableRule& rule) const noexcept {
        return std::span(conditions_).subspan(rule.first_condition, rule.conditions);
    }

    // Attributes that any condition compares, and those that any condition reads: in rising order.
    [[nodiscard]] std::span<const std::uint32_t> compared() const noexcept { return compared_; }

    [[nodiscard]] std::span<const std::uint32_t> read() const noexcept { return read_; }

    // Those of compared() that the context lacks.
    [[nodiscard]] std::uint32_t unknown_in(const Context& context) const noexcept;

    // Adds what the rule finds; true where it is broken. Allocates nothing while the decision has
    // room for all rules.
    [[nodiscard]] bool
    judge(const TableRule& rule, const Context& context, Decision& decision) const;

private:
    void add(const Rule& rule, const Vocabulary& words, TableRule row);

    std::vector<TableCondition> conditions_;
    std::vector<TableRule> rules_;
    std::vector<std::uint32_t> compared_, read_;
};

} // namespace assay::policy_decision
