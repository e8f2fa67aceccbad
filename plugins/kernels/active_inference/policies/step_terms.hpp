// One step of a policy: the beliefs after an action, what they predict, and what they contribute to
// the expected free energy. The one place that computes a term: with the cache on it is only asked
// less often.
//
//   StepTerms terms(model, options);
//   terms.roll_out(policies, policy, step, q, next, work);
//   EfeParts parts = terms.evaluate(next, step, outcomes, work);
//
// One per thread. Allocates in its constructor only. Model and counts are read at every call and
// must outlive the object; a change of them is seen once the model's version is raised.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/learning/dirichlet_counts.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/action_slices.hpp"
#include "active_inference/policies/efe_options.hpp"
#include "active_inference/policies/efe_parts.hpp"
#include "active_inference/policies/joint_belief.hpp"
#include "active_inference/policies/joint_gain.hpp"
#include "active_inference/policies/kept_table.hpp"
#include "active_inference/policies/outcome_terms.hpp"
#include "active_inference/policies/policy_space.hpp"
#include "active_inference/policies/step_tables.hpp"
#include "active_inference/policies/work_tally.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace assay::active_inference {

class StepTerms {
public:
    // `counts` may be null where the options ask for no parameter gain.
    StepTerms(const FactoredModel& model, const DirichletCounts* counts, const EfeOptions& options);

    // From now on another model of the same shapes; seen at the next follow_version().
    void use_model(const FactoredModel& model, const DirichletCounts* counts) noexcept {
        model_ = &model;
        counts_ = counts;
        stale_ = true;
    }

    // Tables for another model of the same shapes. Only without joint gain and without parameter
    // gains, whose tables stay here.
    [[nodiscard]] StepTables new_tables() const;

    // From now on another model of the same shapes with the tables that belong to it; the tables so
    // far are left in `tables`, the model so far is returned: the same call with both undoes it.
    const FactoredModel* exchange(const FactoredModel* model, StepTables& tables) noexcept;

    // How often the tensors were laid out.
    [[nodiscard]] std::uint64_t layouts() const noexcept { return layouts_; }

    // Lays the tensors out again and drops the tables if the model's version is another one.
    void follow_version();

    // next = B[actions] q, factor by factor.
    void predict(std::span<const std::size_t> actions, const Beliefs& q, Beliefs& next) noexcept;

    // Of one step of one policy, tables included.
    [[nodiscard]] const WorkCost& cost() const noexcept { return cost_; }

    // Of the tables that are kept until the model's version changes; 0 with the cache off.
    [[nodiscard]] std::size_t kept_bytes() const noexcept;

    // next = B[action of the policy at the step] q, factor by factor.
    void roll_out(const PolicySpace& policies,
                  std::size_t policy,
                  std::size_t step,
                  const Beliefs& q,
                  Beliefs& next,
                  PolicyWork& work);

    // Of the beliefs at a step; all parts but the transition gain. Writes the predicted outcomes.
    [[nodiscard]] EfeParts
    evaluate(const Beliefs& q, std::size_t step, Beliefs& outcomes, PolicyWork& work);

    // -sum_f next_f . (W_f[action] q), W = wnorm(b) where b > 0; 0 if not asked for.
    [[nodiscard]] double transition_gain(const PolicySpace& policies,
                                         std::size_t policy,
                                         std::size_t step,
                                         const Beliefs& q,
                                         const Beliefs& next,
                                         PolicyWork& work);

private:
    [[nodiscard]] WorkCost step_cost() const noexcept;

    const FactoredModel* model_;
    const DirichletCounts* counts_;
    std::uint64_t version_;
    bool stale_ = false; // whatever the version says
    std::uint64_t layouts_ = 1;
    ActionSlices transitions_, transition_counts_;
    std::vector<JointBelief> joints_;   // one for each list of factors that some modality sees
    std::vector<std::size_t> joint_of_; // by modality
    std::vector<OutcomeTerms> modalities_;
    std::optional<JointGain> joint_gain_;
    std::vector<std::vector<KeptTable>> weights_; // [factor][action]
    Beliefs taught_;
    WorkCost cost_;
};

} // namespace assay::active_inference
