// One way to decide. All ways give equal decisions.
//
//   IndexedEvaluator evaluator(set);
//   const Decision& decision = evaluator.decide(context);   // valid until the next call
//   set.set_status("core-safety", PolicyStatus::suspended);
//   evaluator.decide(context);                              // of the set as it is now
//
// An evaluator borrows its set, notices by its version when it was edited, and belongs to one
// thread; several may share a set that nobody edits.
#pragma once

#include "context.hpp"
#include "decision.hpp"
#include "policy_set.hpp"

namespace assay::policy_decision {

class Evaluator {
public:
    Evaluator() = default;
    Evaluator(const Evaluator&) = delete;
    Evaluator& operator=(const Evaluator&) = delete;
    virtual ~Evaluator() = default;

    [[nodiscard]] virtual const Decision& decide(const Context& context) = 0;
};

} // namespace assay::policy_decision
