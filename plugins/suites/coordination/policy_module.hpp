// The policy decision: whether the next action complies with the built-in rule set, the less in
// phase the modules are the riskier. Answers 1, or 0 where it is blocked.
//
//   PolicyModule policy({.net = 0}, Way::indexed);
//   policy.answer({.board = {0.9}}, {});
//
// See coordination/module.hpp for threads.
#pragma once

#include "coordination/module.hpp"
#include "policy_decision/context.hpp"
#include "policy_decision/evaluator.hpp"
#include "policy_decision/policy_set.hpp"

#include <cstddef>
#include <memory>

namespace assay::coordination_suite {

enum class DecisionWay { naive, indexed };

class PolicyModule final : public coordination::Module {
public:
    // `net`: where the order of the module net stands on the board.
    PolicyModule(std::size_t net, DecisionWay way);

    [[nodiscard]] std::string_view name() const override { return "policy_decision"; }

    [[nodiscard]] coordination::Stage stage() const override { return coordination::Stage::decide; }

    [[nodiscard]] double answer(const coordination::Question& question,
                                std::stop_token stop) override;

    void restart() override {}

private:
    std::size_t net_;
    policy_decision::PolicySet set_;
    policy_decision::Context context_;
    std::unique_ptr<policy_decision::Evaluator> evaluator_;
};

} // namespace assay::coordination_suite
