// Coordinate ascent on the variational free energy (fixed-point iteration, FPI) over tables of
// log-likelihoods L_g, the beliefs factorised over the hidden factors:
//   sweep:  q_f <- softmax( sum_g E_{q without q_f}[L_g] + ln(D_f + 1e-16) )
//   F     = sum_f q_f (ln q_f - ln(D_f + 1e-16)) - sum_g E_q[L_g]     >= -ln p(o)
// `sequential` uses what was updated earlier in the same sweep and never raises F. `parallel` (as
// pymdp) updates all from the old beliefs and may raise F or swing between two states for ever;
// `parallel_damped` keeps a share of the old beliefs, in the log domain.
//
//   FixedPointIteration solve(model.state_counts, joint.groups(), {.max_sweeps = 10});
//   Beliefs q(model.state_counts);                                   // where to start from
//   const FixedPointResult found = solve(joint.tables(), prior, q);  // q is the posterior now
//
// StateInference (state_inference.hpp) puts the likelihood of an observation in front of it. One
// per thread; a call allocates nothing.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/cancel_check.hpp"
#include "active_inference/state_inference/inference_work.hpp"
#include "active_inference/state_inference/mean_field.hpp"
#include "active_inference/state_inference/modality_groups.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace assay::active_inference {

enum class Schedule { sequential, parallel, parallel_damped };

struct FixedPointOptions {
    Schedule schedule = Schedule::sequential;
    // Share of the old ln q that `parallel_damped` keeps, at least 0 and below 1.
    double damping = 0.5;
    std::size_t max_sweeps = 10; // at least 1
    // Stops when |F - F before| is below; 0: all sweeps. F before the first sweep is that of the
    // beliefs to start from, without the likelihood (pymdp's rule).
    double tolerance = 1e-3;
    // Asked before every sweep.
    CancelCheck cancelled = {};
};

struct FixedPointResult {
    std::size_t sweeps = 0;
    bool converged = false; // change < tolerance; one factor: always, a single sweep is exact
    bool cancelled = false; // before max_sweeps: free_energy and change are those of `sweeps`
    double free_energy = 0;
    double change = 0; // |F - F before| of the last sweep
};

class FixedPointIteration {
public:
    FixedPointIteration(std::span<const std::size_t> state_counts,
                        std::span<const ModalityGroup> groups,
                        FixedPointOptions options = {});

    // `tables` one per group; `prior` D and `q` of the model's factors. Only `parallel_damped`
    // and the first change of F depend on the q to start from in its own factor.
    [[nodiscard]] FixedPointResult
    operator()(std::span<const double* const> tables, const Beliefs& prior, Beliefs& q) noexcept;

    // Of all calls so far.
    [[nodiscard]] const InferenceWork& work() const noexcept { return work_; }

private:
    // A factor's place in a group.
    struct Place {
        std::size_t group = 0;
        std::size_t member = 0;
        bool last = false; // no other factor of the group is updated after it in a sweep
    };

    void start(const Beliefs& prior, const Beliefs& q) noexcept;
    void sweep(std::span<const double* const> tables, Beliefs& q) noexcept;
    void update(std::size_t factor,
                std::span<const double* const> tables,
                const Beliefs& seen,
                std::span<double> q) noexcept;
    [[nodiscard]] double complexity(const Beliefs& q) const noexcept;
    [[nodiscard]] double free_energy(std::span<const double* const> tables,
                                     const Beliefs& q) noexcept;

    FixedPointOptions options_;
    std::vector<MeanField> fields_;
    std::vector<std::vector<Place>> places_; // of every factor
    std::vector<double> expectations_;       // E_q[L_g], kept by sequential sweeps
    Beliefs log_prior_;
    Beliefs log_q_;
    Beliefs old_q_;
    InferenceWork work_;
};

} // namespace assay::active_inference
