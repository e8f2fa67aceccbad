// What a belief about the states of one moment contributes to the expected free energy through one
// modality m:
//   qo      = A_m q                                          predicted outcomes
//   utility = qo . ln(softmax(C_m) + 1e-16)
//   gain    = sum_{s: Q(s) > e^-16} Q(s) H_m(s) - qo' . ln(qo' + 1e-16)
//   pA      = -qo . (W_m q),   W_m = wnorm(a_m) where a_m > 0
// with qo' the outcomes of the states above the floor alone (dialect eps; e^-16 as in spm_MDP_G).
//
//   OutcomeTerms terms(model, 0, options);
//   EfeParts parts = terms.evaluate(model, counts, joint, step, qo, work);
//
// One per thread. Allocates in its constructor only.
#pragma once

#include "active_inference/learning/dirichlet_counts.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/efe_options.hpp"
#include "active_inference/policies/efe_parts.hpp"
#include "active_inference/policies/joint_belief.hpp"
#include "active_inference/policies/kept_table.hpp"
#include "active_inference/policies/step_tables.hpp"
#include "active_inference/policies/work_tally.hpp"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace assay::active_inference {

class OutcomeTerms {
public:
    OutcomeTerms(const FactoredModel& model, std::size_t modality, const EfeOptions& options);

    // Swaps what depends on the model alone, but not what depends on counts.
    void exchange(OutcomeTables& tables) noexcept {
        log_preferences_.swap(tables.log_preferences);
        std::swap(ambiguity_, tables.ambiguity);
    }

    // Of these sizes, to be filled by refresh() and evaluate().
    [[nodiscard]] OutcomeTables new_tables() const {
        OutcomeTables tables{log_preferences_, ambiguity_};
        tables.ambiguity.forget();
        return tables;
    }

    // After the model or the counts changed.
    void refresh(const FactoredModel& model);

    // Nominal: a belief with states at or below the floor costs a second pass over the likelihood,
    // which is not counted.
    [[nodiscard]] WorkCost cost() const noexcept;

    // Of the tables that depend on the model alone.
    [[nodiscard]] WorkCost table_cost() const noexcept;

    [[nodiscard]] std::size_t kept_bytes() const noexcept {
        return ambiguity_.kept_bytes() + weights_.kept_bytes();
    }

    // `joint` is of the modality's factors; `step` picks the column of preferences that depend on
    // time. Writes the predicted outcomes.
    [[nodiscard]] EfeParts evaluate(const FactoredModel& model,
                                    const DirichletCounts* counts,
                                    const JointBelief& joint,
                                    std::size_t step,
                                    std::span<double> outcomes,
                                    PolicyWork& work);

private:
    // Predicted outcomes; those of the states above the floor are left in kept_outcomes_.
    void predict(const Tensor& likelihood,
                 const JointBelief& joint,
                 std::span<double> outcomes) noexcept;
    double state_gain(const Tensor& likelihood, const JointBelief& joint, PolicyWork& work);

    std::size_t modality_ = 0;
    std::size_t outcomes_ = 0, states_ = 0;
    std::size_t preference_steps_ = 0; // 0: no preferences
    bool utility_ = false, gain_ = false, learns_ = false;
    std::vector<double> log_preferences_; // [step][outcome]
    KeptTable ambiguity_, weights_;
    std::vector<double> kept_outcomes_, taught_;
};

} // namespace assay::active_inference
