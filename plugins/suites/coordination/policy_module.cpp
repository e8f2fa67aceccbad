#include "policy_module.hpp"

#include "policy_decision/fundamental_policies.hpp"
#include "policy_decision/indexed_evaluator.hpp"
#include "policy_decision/naive_evaluator.hpp"

namespace assay::coordination_suite {

namespace pd = policy_decision;

PolicyModule::PolicyModule(std::size_t net, DecisionWay way)
    : net_(net)
    , set_(pd::fundamental_policies())
    , context_(set_.vocabulary()) {
    context_.set("action.type", "recommend");
    context_.set("fairness_score", 0.9);
    context_.set("retention_days", 30.0);
    context_.set("is_decision", true);
    context_.set("logged", true);
    context_.set("affects_users", true);
    context_.set("user_override", true);
    if (way == DecisionWay::naive) {
        evaluator_ = std::make_unique<pd::NaiveEvaluator>(set_);
    } else {
        evaluator_ = std::make_unique<pd::IndexedEvaluator>(set_);
    }
}

double PolicyModule::answer(const coordination::Question& question, std::stop_token) {
    context_.set("risk_level", 1 - question.board[net_]);
    return evaluator_->decide(context_).blocked ? 0 : 1;
}

} // namespace assay::coordination_suite
