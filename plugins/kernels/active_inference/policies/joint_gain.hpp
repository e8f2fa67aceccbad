// The expected information about the states from the outcomes of all modalities together:
//   I = sum_{s: Q(s) > e^-16} Q(s) sum_o P(o|s) ln(P(o|s) + e^-16) - qo . ln(qo + 1e-16)
// over the product of the modalities' outcomes, P(o|s) = prod_m A_m[o_m, s_pa(m)], with qo from the
// states above the floor alone.
//
//   JointGain gain(model, cache);
//   const double nats = gain.evaluate(model, q, work);
//
// Its tables grow with the product of all states and of all outcomes: joint_gain_bytes() says how
// large they would be. One per thread. Allocates in its constructor only.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/kept_table.hpp"
#include "active_inference/policies/work_tally.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace assay::active_inference {

// Nothing if it does not fit into std::size_t.
[[nodiscard]] std::optional<std::size_t> joint_gain_bytes(const FactoredModel& model);

class JointGain {
public:
    // Throws std::length_error if the tables cannot be counted.
    JointGain(const FactoredModel& model, bool cache);

    // After the likelihoods changed.
    void refresh() noexcept { ambiguity_.forget(); }

    [[nodiscard]] WorkCost cost() const noexcept;

    [[nodiscard]] WorkCost table_cost() const noexcept { return ambiguity_.cost(); }

    [[nodiscard]] std::size_t kept_bytes() const noexcept { return ambiguity_.kept_bytes(); }

    [[nodiscard]] double evaluate(const FactoredModel& model, const Beliefs& q, PolicyWork& work);

private:
    // P(o | state) over the product of the outcomes, into likelihood_.
    void condition_on(const FactoredModel& model, std::size_t state) noexcept;

    std::size_t states_ = 0, outcomes_ = 0;
    std::vector<std::size_t> columns_; // [state][modality]: of A_m
    std::vector<std::size_t> widths_;  // by modality: columns of A_m
    std::vector<double> joint_;        // Q
    std::vector<double> likelihood_, predicted_;
    std::vector<double> picked_; // one column of each A_m, one after the other
    std::vector<std::span<const double>> picked_columns_, beliefs_;
    KeptTable ambiguity_;
};

} // namespace assay::active_inference
