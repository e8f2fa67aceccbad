// Variational (Winn & Bishop 2005) and marginal message passing, all time steps and factors at once
// from the beliefs of the round before. Logarithm dialect `clip`.
//
//   VariationalMessagePassing solver(model, {.observed = 5}, {.rule = ParallelRule::vmp});
//   Trajectory trajectory = solver.trajectory();
//   solver.observe(window);
//   solver.set_prior(prior);
//   solver.infer({.previous = taken}, trajectory);
//
// Neither rule is exact, not even on a chain (chain_smoothing.hpp is): `vmp` is too sure, `mmp`
// too unsure. No free energy is kept; TrajectoryResult::free_energy stays 0.
// Allocates in its constructor only. One thread at a time. Same inputs, same bits.
#pragma once

#include "active_inference/trajectories/observed_likelihoods.hpp"
#include "active_inference/trajectories/transition_messages.hpp"

namespace assay::active_inference {

enum class ParallelRule { vmp, mmp };

struct VariationalMessageOptions {
    ParallelRule rule = ParallelRule::vmp;
    double step_size = 1; // tau
    std::size_t iterations = 16;
};

class VariationalMessagePassing {
public:
    // The model is copied as far as it is needed and must be without fault.
    VariationalMessagePassing(const FactoredModel& model,
                              TrajectoryLengths lengths,
                              VariationalMessageOptions options = {});

    // Uniform, with room for the longest window and policy.
    [[nodiscard]] Trajectory trajectory() const;

    void observe(std::span<const Outcome> window) noexcept;
    void set_prior(const Beliefs& prior) noexcept;

    // A row of actions between every two steps: the first rows + 1 beliefs are overwritten.
    TrajectoryResult infer(ActionRows actions,
                           std::span<Beliefs> trajectory,
                           const CancelCheck& cancelled = {}) noexcept;

    // Since construction.
    [[nodiscard]] const TrajectoryWork& work() const noexcept { return work_; }

private:
    struct Call {
        ActionRows actions;
        std::size_t last = 0;
        std::size_t step = 0;
        std::size_t factor = 0;
    };

    void update(const Call& call) noexcept;
    void add_past(const Call& call, std::span<double> field) noexcept;
    void add_future(const Call& call, std::span<double> field) noexcept;

    VariationalMessageOptions options_;
    TrajectoryLengths lengths_;
    std::vector<std::size_t> state_counts_;
    ObservedLikelihoods likelihoods_;
    TransitionMessages transitions_;
    Beliefs log_prior_;
    Trajectory before_, after_; // two rounds
    std::vector<double> field_, message_;
    TrajectoryWork work_;
};

} // namespace assay::active_inference
