// The reference: every active policy, every rule, attributes looked up by name. It is what the
// other ways are held to and measured against, so it shares no code with them.
//
//   NaiveEvaluator naive(set);
//
// One thread.
#pragma once

#include "evaluator.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace assay::policy_decision {

class NaiveEvaluator final : public Evaluator {
public:
    explicit NaiveEvaluator(const PolicySet& set);

    [[nodiscard]] const Decision& decide(const Context& context) override;

private:
    struct Ordered {
        std::uint32_t number = 0;
        std::vector<Rule> rules;
    };

    void read_set();
    [[nodiscard]] bool violates(const Ordered& policy, const Context& context);

    const PolicySet* set_;
    std::uint64_t version_ = 0;
    std::vector<Ordered> order_;
    std::set<std::string> compared_; // attributes
    Decision decision_;
};

} // namespace assay::policy_decision
