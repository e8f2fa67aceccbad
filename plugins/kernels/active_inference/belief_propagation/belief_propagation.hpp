// Belief propagation (sum-product) on a factor graph: marginals and the Bethe approximation of the
// logarithm of the partition sum; exact on trees (Kschischang et al. 2001, Yedidia et al. 2005).
//
//   BeliefPropagation solver(graph, {.schedule = MessageOrder::residual, .tolerance = 1e-9});
//   PropagationOutcome outcome = solver.run();
//   if (outcome.log_partition) { use(*outcome.log_partition, solver.marginal(0)); }
//
// A step of every schedule: one variable receives the messages of its factors and sends new ones.
//   flooding          all receive, then all send: every message from the last sweep's
//   sequential        variable after variable in the order of their numbers
//   forward_backward  forests only: leaves to roots and back, 2|E| messages, then all are exact
//   residual          after one sequential sweep always the block of 64 variables that holds the
//                     one whose received messages changed most since its last step (a max-heap of
//                     blocks), and in it the variables with at least an eighth of that change.
//                     The change stands for the residual of Elidan et al. 2006 without computing
//                     messages only to look at them (Sutton & McCallum 2007).
// One sweep is 2|E| messages; factors of one variable send none, they belong to the variable.
// Deterministic: the same graph and options give the same bits. Several solvers may run at once,
// one solver only on one thread at a time. run() allocates nothing.
#pragma once

#include "active_inference/belief_propagation/factor_graph.hpp"
#include "active_inference/belief_propagation/message_layout.hpp"
#include "active_inference/belief_propagation/message_passing.hpp"
#include "active_inference/cancel_check.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace assay::active_inference {

enum class MessageOrder { flooding, sequential, forward_backward, residual };

struct PropagationOptions {
    MessageOrder schedule = MessageOrder::sequential;
    Domain domain = Domain::linear;
    // Share of the old message that is kept, in [0, 1): Domain::linear mixes probabilities,
    // Domain::logarithmic their logarithms (a geometric mean). forward_backward takes none.
    double damping = 0;
    // The run has converged when no probability in any message changes by this much, measured
    // before damping.
    double tolerance = 1e-9;
    std::uint64_t sweeps_max = 1000;
};

// What is wrong with the options themselves; whether forward_backward suits a graph only its
// solver knows.
[[nodiscard]] std::optional<GraphFault> first_fault(const PropagationOptions& options);

enum class Ending { converged, sweeps_spent, contradiction, cancelled };

struct PropagationWork {
    std::uint64_t messages = 0;      // both directions: 2|E| per sweep
    std::uint64_t multiply_adds = 0; // of the messages, in either domain
    std::uint64_t logarithms = 0;    // of the messages (Domain::logarithmic) and of log_partition
};

struct PropagationOutcome {
    Ending ending = Ending::sweeps_spent;
    std::uint64_t sweeps = 0; // of residual: steps over variables, rounded up
    // Of the last sweep; of residual: what is still waiting to be received; of forward_backward: 0,
    // nothing is left to change.
    double largest_change = 0;
    // Bethe, from the messages as they stand at the end; nothing after a contradiction or a
    // cancellation. Equal to the formula over beliefs where the messages have converged.
    std::optional<double> log_partition;
    std::optional<Contradiction> contradiction;
    PropagationWork work;
};

// "variable 3 has no possible state left for factor 7: ..."
[[nodiscard]] std::string contradiction_text(const Contradiction& contradiction);

class BeliefPropagation {
public:
    // Copies what it needs of the graph. Throws std::invalid_argument for a fault of the graph or
    // the options, and for forward_backward on a graph with a loop.
    BeliefPropagation(const FactorGraph& graph, const PropagationOptions& options);
    ~BeliefPropagation();
    BeliefPropagation(BeliefPropagation&&) noexcept;
    BeliefPropagation& operator=(BeliefPropagation&&) noexcept;

    // From uniform messages. `cancelled` is read before every sweep.
    PropagationOutcome run(const CancelCheck& cancelled = {});

    // Of the last run, if it left a log_partition; else zeros.
    [[nodiscard]] std::span<const double> marginal(std::size_t variable) const noexcept;

    // Writes the marginal over a factor's variables, laid out as its table; false where there is
    // none. `out` has the size of the table.
    bool factor_marginal(std::size_t factor, std::span<double> out) const noexcept;

    // Edges of factors with two and more variables.
    [[nodiscard]] std::size_t edge_count() const noexcept;

private:
    class Runner;

    std::unique_ptr<Runner> runner_;
};

} // namespace assay::active_inference
