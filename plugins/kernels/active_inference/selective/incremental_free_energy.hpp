// The variational free energy F (state_inference/free_energy.hpp) kept up to date while beliefs
// change one at a time, each towards one state.
//
//   IncrementalFreeEnergy energy(model);
//   energy.assign(tables, prior, q);                           // from scratch
//   energy.mix({.factor = 0, .state = 3, .weight = 0.1});
//   energy.value();                                            // as from scratch, to rounding
//
// F is a sum of terms, one per factor and one per modality, and a change of q_f touches those of f
// and of the modalities that see f. All but the entropy are linear in q_f: after a mixture with a
// state they are as much of what they were plus as much of what they are in that state, which for
// E_q[l_m] stands in the modality's field of f: E_q[l_m] with f left open. The entropy follows from
// ln((1 - w) q) = ln(1 - w) + ln q, for the floored logarithm to 1e-16. The fields of the other
// factors: in a modality of two factors the one is linear in q_f, too, and follows for a slice of
// l_m; in a modality of more they are marked and computed when next asked for. Two factors of n
// states cost some 2 n multiply-adds a change instead of n^2.
// What is updated in place loses bits: every kRebaseSteps changes all is computed from scratch.
//
// Dialect eps. Borrows the tables, which must stay as they are until the next assign(). One per
// thread. Allocates in its constructor only.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/selective/belief_mixture.hpp"
#include "active_inference/selective/rebase.hpp"
#include "active_inference/selective/update_work.hpp"
#include "active_inference/state_inference/free_energy.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

class IncrementalFreeEnergy {
public:
    explicit IncrementalFreeEnergy(const FactoredModel& model,
                                   std::size_t rebase_steps = kRebaseSteps);

    // Not counted as work.
    void assign(const LogLikelihood& tables, const Beliefs& prior, const Beliefs& q) noexcept;

    // A weight of 0 does nothing.
    void mix(const BeliefMixture& change) noexcept;

    [[nodiscard]] double value() const noexcept { return value_; }

    [[nodiscard]] const Beliefs& beliefs() const noexcept { return q_; }

    // Changes since all was computed from scratch.
    [[nodiscard]] std::size_t steps() const noexcept { return steps_; }

    [[nodiscard]] std::uint64_t rebases() const noexcept { return rebases_; }

    // Of mix(), since construction.
    [[nodiscard]] const UpdateWork& work() const noexcept { return work_; }

private:
    struct Field {
        std::size_t factor = 0;
        std::size_t stride = 1; // of the factor's axis in the table
        std::vector<double> values;
        std::int64_t ops = 0; // multiply-adds of computing it from the table
        bool stale = false;
    };

    struct Modality {
        std::vector<Field> fields; // in the order of the table's axes
        UpdateCost full;           // of its term from scratch
        std::span<const double> table;
        double accuracy = 0;
    };

    struct Complexity {
        double mass = 1;       // sum q
        double log_belief = 0; // q ln(q + 1e-16)
        double log_prior = 0;  // q ln(D + 1e-16)
    };

    void rebase() noexcept;
    void refresh(std::size_t modality, Field& field) noexcept;
    void update_complexity(const BeliefMixture& change) noexcept;
    void update_accuracy(std::size_t modality, const BeliefMixture& change) noexcept;
    void update_other_fields(Modality& modality,
                             const Field& changed,
                             const BeliefMixture& change) noexcept;
    void compute_complexity(std::size_t factor) noexcept;
    void add_up() noexcept;

    FreeEnergy energy_;
    std::size_t rebase_steps_;
    std::vector<Modality> modalities_;
    std::vector<Complexity> complexities_; // by factor
    Beliefs q_, log_prior_;
    UpdateCost full_; // of F from scratch
    double value_ = 0;
    std::size_t steps_ = 0;
    std::uint64_t rebases_ = 0;
    UpdateWork work_;
};

} // namespace assay::active_inference
