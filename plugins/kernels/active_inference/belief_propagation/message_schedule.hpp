// The schedules over MessagePassing, and what is read from the messages at the end. Used by
// belief_propagation.cpp alone; the contract stands in belief_propagation.hpp.
//
//   ScheduledPassing<Linear> passing(graph, options);
//   PropagationOutcome outcome = passing.run(cancelled);
//
// One thread.
#pragma once

#include "active_inference/belief_propagation/belief_propagation.hpp"
#include "active_inference/belief_propagation/message_layout.hpp"
#include "active_inference/belief_propagation/message_passing.hpp"
#include "active_inference/belief_propagation/residual_heap.hpp"
#include "active_inference/belief_propagation/two_pass_order.hpp"
#include "active_inference/cancel_check.hpp"

#include <optional>
#include <span>
#include <vector>

namespace assay::active_inference {

template <typename Arithmetic>
class ScheduledPassing {
public:
    // The graph must be without fault.
    ScheduledPassing(const FactorGraph& graph, const PropagationOptions& options);
    ScheduledPassing(const ScheduledPassing&) = delete;
    ScheduledPassing& operator=(const ScheduledPassing&) = delete;

    [[nodiscard]] const MessageLayout& layout() const noexcept { return layout_; }

    [[nodiscard]] bool suits_graph() const noexcept {
        return options_.schedule != MessageOrder::forward_backward || order_.has_value();
    }

    PropagationOutcome run(const CancelCheck& cancelled);
    [[nodiscard]] std::span<const double> marginal(std::size_t variable) const noexcept;
    bool factor_marginal(std::size_t factor, std::span<double> out) const noexcept;

private:
    // What one sweep changed.
    struct SweptChanges {
        double largest = 0;
        std::size_t variables = 0; // that sent a change of at least what was asked for
    };

    // Each true where the messages stand at the end as they should be read; else outcome_ says why.
    [[nodiscard]] bool pass(const CancelCheck& cancelled);
    [[nodiscard]] bool sweep_until_quiet(const CancelCheck& cancelled);
    [[nodiscard]] bool flood();
    [[nodiscard]] bool sweep();
    [[nodiscard]] bool two_passes(const CancelCheck& cancelled);
    [[nodiscard]] bool by_residual(const CancelCheck& cancelled);
    [[nodiscard]] bool sweep_while_even(const CancelCheck& cancelled);
    // Nothing for a contradiction.
    [[nodiscard]] std::optional<SweptChanges> sweep_above(double floor);
    [[nodiscard]] bool seed_residuals();
    [[nodiscard]] bool sweep_block(std::size_t block, double floor);
    void read_beliefs(bool received_already);

    [[nodiscard]] bool stopped(const CancelCheck& cancelled);
    [[nodiscard]] bool contradicted();
    void note_changes() noexcept;
    void count_sweep() noexcept;

    PropagationOptions options_;
    MessageLayout layout_;
    MessagePassing<Arithmetic> passing_;
    std::optional<TwoPassOrder> order_;
    ResidualHeap blocks_;         // of residual: keyed by the largest `waiting_` in each
    std::vector<double> waiting_; // of residual: per variable, change not yet received
    std::vector<double> marginals_;
    PropagationWork sweep_work_; // of 2|E| messages
    PropagationOutcome outcome_;
};

} // namespace assay::active_inference
