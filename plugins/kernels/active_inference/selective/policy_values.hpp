// The negative expected free energy G of some policies (policies/expected_free_energy.hpp), from
// scratch, or only as far as something changed since the last time.
//
//   PolicyValues values(model, policies, chosen, PolicyUpdate::selective);
//   values.belief_changed(0);           // q_0
//   values.preference_changed(1);       // C_1
//   values.likelihood_changed(2);       // A_2
//   if (values.evaluate(q, cancelled)) { values.values(); }
//
// `full` goes through every policy on its own. `selective` shares the steps of policies that begin
// alike and keeps, for every node of the tree of steps, the beliefs and each modality's terms:
//   q_f changed    f, every factor that follows from f, and the modalities that see one of these
//   A_m changed    m's tables, outcomes and utility
//   C_m changed    m's utility
// Both do the same arithmetic: equal bit for bit where all changes were told. Utility and the
// factorised information gain, no parameter gain; preferences that do not depend on time.
//
// Borrows the model, whose A and C may change if that is told, and the policies. One per thread.
// Allocates in its constructor only.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/cancel_check.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/action_slices.hpp"
#include "active_inference/policies/joint_belief.hpp"
#include "active_inference/policies/policy_space.hpp"
#include "active_inference/selective/modality_terms.hpp"
#include "active_inference/selective/policy_tree.hpp"
#include "active_inference/selective/update_work.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

enum class PolicyUpdate { full, selective };

class PolicyValues {
public:
    // `chosen` in ascending order. Throws std::invalid_argument for preferences that depend on
    // time.
    PolicyValues(const FactoredModel& model,
                 const PolicySpace& policies,
                 std::span<const std::size_t> chosen,
                 PolicyUpdate update);

    void belief_changed(std::size_t factor) noexcept;
    void preference_changed(std::size_t modality) noexcept;
    void likelihood_changed(std::size_t modality) noexcept;

    // False: `cancelled`, asked before every modality, said so; what was left out is done the next
    // time, and the work does not add up.
    [[nodiscard]] bool evaluate(const Beliefs& q, const CancelCheck& cancelled = {});

    // By chosen policy.
    [[nodiscard]] std::span<const double> values() const noexcept { return values_; }

    [[nodiscard]] const UpdateWork& work() const noexcept { return work_; }

private:
    // What must be computed again of a modality; each includes what comes after it.
    struct Stale {
        bool tables = true, preferences = true, outcomes = true, utility = true;
    };

    // How often a piece of work was done, of how often going through every policy does it.
    struct Share {
        std::size_t done = 0, full = 0;
    };

    void mark_all() noexcept;
    void count_total() noexcept;
    void count(const UpdateCost& each, const Share& share) noexcept;
    [[nodiscard]] UpdateCost transition_cost(std::size_t factor) const noexcept;
    void roll_out(const Beliefs& q) noexcept;
    // Whether anything had to be computed.
    [[nodiscard]] bool refresh(std::size_t modality) noexcept;
    void add_up() noexcept;

    const FactoredModel* model_;
    const PolicySpace* policies_;
    PolicyUpdate update_;
    PolicyTree tree_;
    std::size_t nodes_in_full_; // policies times steps
    ActionSlices transitions_;
    std::vector<std::vector<bool>> follows_; // [f][g]: g's future depends on q_f
    std::vector<bool> stale_beliefs_;        // by factor
    std::vector<Stale> stale_;               // by modality
    std::vector<Beliefs> beliefs_;           // by node
    std::vector<JointBelief> joints_;        // by modality
    std::vector<ModalityTerms> terms_;       // by modality
    std::vector<double> sums_;               // by node: from the first step to this one
    std::vector<double> values_;
    UpdateWork work_;
};

} // namespace assay::active_inference
