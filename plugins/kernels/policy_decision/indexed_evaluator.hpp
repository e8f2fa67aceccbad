// Only the rules that can be broken: each waits at one attribute of its conditions, sorted by its
// threshold, so that those whose condition holds are a stretch found by two binary searches.
//
//   IndexedEvaluator indexed(set);
//
// The rest of a rule's conditions is checked as ever. Without allocation but after an edit; one
// thread.
#pragma once

#include "evaluator.hpp"
#include "rule_table.hpp"

#include <cstdint>
#include <vector>

namespace assay::policy_decision {

class IndexedEvaluator final : public Evaluator {
public:
    explicit IndexedEvaluator(const PolicySet& set);

    [[nodiscard]] const Decision& decide(const Context& context) override;

    // What decisions depend on.
    [[nodiscard]] const RuleTable& table() const noexcept { return table_; }

    // Reads the set again where it was edited.
    void refresh();

private:
    // Rules that wait with one operator, by rising operand.
    struct Thresholds {
        std::vector<double> operands;
        std::vector<std::uint32_t> rules;
    };

    struct Posting {
        std::uint32_t attribute = 0;
        Thresholds less, at_most, greater, at_least, equal, not_equal;
    };

    void add(std::uint32_t rule, std::vector<std::vector<std::uint32_t>>& by_attribute);
    void post(std::uint32_t attribute, const std::vector<std::uint32_t>& rules);
    void mark(const Posting& posting, const Slot& slot);
    void mark(const std::vector<std::uint32_t>& rules, std::size_t begin, std::size_t end);
    void judge_marked(const Context& context);

    const PolicySet* set_;
    std::uint64_t version_ = 0;
    RuleTable table_;
    std::vector<TableCondition> anchors_; // of each rule
    std::vector<Posting> postings_;
    std::vector<std::uint32_t> always_; // all their conditions are `missing`
    std::vector<std::uint64_t> marked_; // a bit for each rule
    Decision decision_;
};

} // namespace assay::policy_decision
