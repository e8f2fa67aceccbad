// Sophisticated inference: the value of an action counts what one would do after every outcome it
// may have (Friston et al., Neural Comput. 33, 2021). At each node
//   G over one-step policies (outcome_terms.hpp) + inductive cost,   p = softmax(gamma G)
// and below the horizon: policies with p under the threshold get G -= penalty and are not followed;
// for the others every joint outcome with at least the outcome threshold's probability adds
//   prob (p' . G')   of the node whose beliefs are the posterior after the outcome.
//
//   SophisticatedSearch search(model, {.horizon = 2});
//   search.evaluate(q);
//   search.values(); search.posterior();
//
// The model must be without fault and outlive the object. One per thread. Allocates in its
// constructor only. The tree grows as (policies x outcomes)^horizon.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/cancel_check.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/inductive_cost.hpp"
#include "active_inference/policies/policy_space.hpp"
#include "active_inference/policies/step_terms.hpp"
#include "active_inference/policies/work_tally.hpp"
#include "active_inference/state_inference/state_inference.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

struct SophisticatedOptions {
    std::size_t horizon = 1;
    double gamma = 1;                    // of the tree, whatever the agent's is
    double policy_threshold = 1.0 / 16;  // less probable policies are not followed
    double outcome_threshold = 1.0 / 16; // less probable outcomes are not considered
    double prune_penalty = 512;
    std::size_t sweeps = 10;               // of the posterior at each node
    const InductiveGoals* goals = nullptr; // null: no inductive cost; outlives the search
    bool cache = true;                     // keep what depends on the model alone
};

class SophisticatedSearch {
public:
    // Throws std::length_error for too many policies or a horizon of 0.
    SophisticatedSearch(const FactoredModel& model, const SophisticatedOptions& options);

    // The one-step policies that values() and posterior() are about.
    [[nodiscard]] const PolicySpace& policies() const noexcept { return policies_; }

    // False: `cancelled`, asked in every node, said so.
    [[nodiscard]] bool evaluate(const Beliefs& q, const CancelCheck& cancelled = {});

    [[nodiscard]] std::span<const double> values() const noexcept { return levels_[0].values; }

    [[nodiscard]] std::span<const double> posterior() const noexcept {
        return levels_[0].posterior;
    }

    // Nodes of the tree of the last evaluate().
    [[nodiscard]] std::uint64_t nodes() const noexcept { return nodes_; }

    // Since construction; the posteriors' sweeps are not in it.
    [[nodiscard]] const PolicyWork& work() const noexcept { return work_; }

private:
    // What a node needs; one node of each depth is open at a time.
    struct Level {
        Beliefs q;
        std::vector<Beliefs> states, outcomes; // predicted, by policy
        std::vector<Outcome> observed;         // by modality
        std::vector<double> values, posterior;
    };

    bool visit(std::size_t depth, const Beliefs& q);
    void value_steps(Level& level, const Beliefs& q);
    // Goes through the outcomes of modality m and later ones, given those before it.
    bool follow(std::size_t depth, std::size_t policy, std::size_t modality, double probability);

    SophisticatedOptions options_;
    PolicySpace policies_;
    StepTerms terms_;
    StateInference infer_; // as many sweeps as asked for: equal work at every node
    std::vector<Level> levels_;
    const CancelCheck* cancelled_ = nullptr; // of the evaluate() under way
    std::uint64_t nodes_ = 0;
    PolicyWork work_;
};

} // namespace assay::active_inference
