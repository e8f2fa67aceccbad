// The negative expected free energy G of every policy; larger is better:
//   G = sum over steps of utility + state gain + parameter gains     (outcome_terms.hpp)
// along the beliefs that the policy's actions lead to.
//
//   ExpectedFreeEnergy efe(model, nullptr, {.horizon = 3});
//   efe.evaluate(q);
//   policy_posterior(efe.values(), {.gamma = 16, .prior = model.policy_prior}, q_pi);
//
// With the cache on, tables that depend on the model alone are kept until its version changes, and
// policies that begin alike share the beginning's beliefs and terms; bit for bit what the cache off
// computes. The model must be without fault (model_fault.hpp, policy_fault.hpp) and outlive the
// object. One per thread. Allocates in its constructor only.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/cancel_check.hpp"
#include "active_inference/policies/efe_options.hpp"
#include "active_inference/policies/efe_parts.hpp"
#include "active_inference/policies/policy_space.hpp"
#include "active_inference/policies/step_terms.hpp"
#include "active_inference/policies/work_tally.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

class ExpectedFreeEnergy {
public:
    // Throws std::length_error for too many policies. `counts` may be null where the options ask
    // for no parameter gain.
    ExpectedFreeEnergy(const FactoredModel& model,
                       const DirichletCounts* counts,
                       const EfeOptions& options);

    [[nodiscard]] const PolicySpace& policies() const noexcept { return policies_; }

    // From now on another model of the same shapes, with counts of its own. The next call sees it.
    void use_model(const FactoredModel& model, const DirichletCounts* counts) noexcept {
        terms_.use_model(model, counts);
    }

    // As in step_terms.hpp: tables that belong to a model travel with it.
    [[nodiscard]] StepTables new_tables() const { return terms_.new_tables(); }

    const FactoredModel* exchange(const FactoredModel* model, StepTables& tables) noexcept {
        return terms_.exchange(model, tables);
    }

    // How often tensors were laid out.
    [[nodiscard]] std::uint64_t layouts() const noexcept { return terms_.layouts(); }

    // next = B[actions] q: one action per factor.
    void predict(std::span<const std::size_t> actions, const Beliefs& q, Beliefs& next) {
        terms_.follow_version();
        terms_.predict(actions, q, next);
    }

    // Of all policies from the current beliefs. False: `cancelled`, asked before every policy, said
    // so; the values are then of no use.
    [[nodiscard]] bool evaluate(const Beliefs& q, const CancelCheck& cancelled = {});

    // Of one sequence of beliefs that came from elsewhere, a trajectory under a policy for example.
    // Without transition gain. At most as many beliefs as preferences that depend on time have
    // columns.
    [[nodiscard]] EfeParts of_sequence(std::span<const Beliefs> states);

    // The results of evaluate(), by policy.
    [[nodiscard]] std::span<const double> values() const noexcept { return values_; }

    [[nodiscard]] std::span<const EfeParts> parts() const noexcept { return parts_; }

    // The beliefs and outcomes that a policy leads to, step by step. `states` and `outcomes` have
    // horizon entries of the model's factors and modalities.
    void forecast(const Beliefs& q,
                  std::size_t policy,
                  std::span<Beliefs> states,
                  std::span<Beliefs> outcomes);

    // Since construction, of evaluate() alone.
    [[nodiscard]] const PolicyWork& work() const noexcept { return work_; }

    // Held to be used again: tables of the model, and beliefs and sums of a shared beginning.
    [[nodiscard]] std::size_t kept_bytes() const noexcept;

private:
    void advance(const Beliefs& q, std::size_t policy, std::size_t step);

    PolicySpace policies_;
    bool shares_; // beginnings of policies
    StepTerms terms_;
    std::vector<Beliefs> path_;  // beliefs after each step of the current policy
    std::vector<EfeParts> sums_; // of the terms up to each step
    Beliefs outcomes_;
    std::vector<EfeParts> parts_;
    std::vector<double> values_;
    PolicyWork work_;
};

} // namespace assay::active_inference
