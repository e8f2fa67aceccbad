// Sophisticated search as a plain recursion, from the formula, for verification: no table is kept,
// nothing shared with the search (policies/sophisticated_search.hpp says what it is).
//
//   PlainSearch plain(model, {.horizon = 2});
//   if (const auto g = plain.value(q, policy)) { ... }
//
// One thread.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/policy_space.hpp"
#include "active_inference/policies/sophisticated_search.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace assay::inference {

class PlainSearch {
public:
    // Borrows the model. Without goals.
    PlainSearch(const active_inference::FactoredModel& model,
                const active_inference::SophisticatedOptions& options);

    // G of a one-step policy at the root. Nothing where a probability is so close to a threshold
    // that rounding decides.
    [[nodiscard]] std::optional<double> value(const active_inference::Beliefs& q,
                                              std::size_t policy);

    // Nodes that were valued so far: the cost.
    [[nodiscard]] std::size_t nodes() const noexcept { return nodes_; }

private:
    // A node's policies, valued one step ahead.
    struct Node {
        std::vector<active_inference::Beliefs> after;
        std::vector<double> values, posterior;
    };

    [[nodiscard]] Node node_at(const active_inference::Beliefs& q);
    [[nodiscard]] std::optional<double>
    value_below(const Node& node, std::size_t policy, std::size_t steps_left);
    // p . G of the node that an observation leads to.
    [[nodiscard]] std::optional<double> node_value(const active_inference::Beliefs& q,
                                                   std::size_t steps_left);
    [[nodiscard]] active_inference::Beliefs
    posterior_after(const active_inference::Beliefs& prior,
                    const std::vector<active_inference::Outcome>& observed) const;

    const active_inference::FactoredModel* model_;
    active_inference::SophisticatedOptions options_;
    active_inference::PolicySpace policies_;
    std::size_t nodes_ = 0;
};

} // namespace assay::inference
