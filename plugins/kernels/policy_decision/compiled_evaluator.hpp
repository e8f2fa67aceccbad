// All active policies from a flat table. Without allocation but after an edit.
//
//   CompiledEvaluator compiled(set);
//
// One thread.
#pragma once

#include "evaluator.hpp"
#include "rule_table.hpp"

#include <cstdint>

namespace assay::policy_decision {

class CompiledEvaluator final : public Evaluator {
public:
    explicit CompiledEvaluator(const PolicySet& set);

    [[nodiscard]] const Decision& decide(const Context& context) override;

private:
    void compile();

    const PolicySet* set_;
    std::uint64_t version_ = 0;
    RuleTable table_;
    Decision decision_;
};

} // namespace assay::policy_decision
