#include "compiled_evaluator.hpp"

namespace assay::policy_decision {

CompiledEvaluator::CompiledEvaluator(const PolicySet& set)
    : set_(&set) {
    compile();
}

void CompiledEvaluator::compile() {
    table_ = RuleTable(*set_);
    decision_.violations.reserve(table_.rules().size());
    version_ = set_->version();
}

const Decision& CompiledEvaluator::decide(const Context& context) {
    if (version_ != set_->version()) {
        compile();
    }
    decision_.clear();
    decision_.unknown_attributes = table_.unknown_in(context);
    bool ends = false;
    std::uint32_t last = 0; // the policy that ends it is still evaluated whole
    for (const TableRule& rule : table_.rules()) {
        if (ends && rule.place != last) {
            break;
        }
        if (table_.judge(rule, context, decision_) && rule.enforcement >= kEnforcementEnds) {
            ends = true;
            last = rule.place;
        }
    }
    return decision_;
}

} // namespace assay::policy_decision
