// The log-likelihood of a stream of observations, of which one modality or another changes at a
// time: L(s) = sum_m l_m(s) for every group of modalities over the same factors, kept up to date by
// L += new - old for the modalities that changed.
//
//   SelectiveLikelihood likelihood(model, modality_groups(model), {.cached = true});
//   if (likelihood.observe(observation) > 0) { solve(likelihood.tables(), prior, q); }
//
// The difference loses bits: every kRebaseSteps observations that changed something all sums are
// computed from scratch. A group of one modality is a copy of its table and loses none.
//
// Borrows the model, which must stay as it is. One per thread. Allocates in its constructor only.
#pragma once

#include "active_inference/selective/rebase.hpp"
#include "active_inference/selective/update_work.hpp"
#include "active_inference/state_inference/log_likelihood.hpp"
#include "active_inference/state_inference/modality_groups.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

class SelectiveLikelihood {
public:
    SelectiveLikelihood(const FactoredModel& model,
                        std::vector<ModalityGroup> groups,
                        LogLikelihoodOptions options = {},
                        std::size_t rebase_steps = kRebaseSteps);

    // How many modalities changed. An observation without fault (observation_fault.hpp).
    std::size_t observe(Observation observation) noexcept;

    // As if nothing had been observed before.
    void forget() noexcept { observed_ = false; }

    [[nodiscard]] const std::vector<ModalityGroup>& groups() const noexcept { return groups_; }

    // One per group, row-major. Stay where they are.
    [[nodiscard]] std::span<const double* const> tables() const noexcept { return tables_; }

    // Updates since the sums were computed from scratch.
    [[nodiscard]] std::size_t steps() const noexcept { return steps_; }

    [[nodiscard]] std::uint64_t rebases() const noexcept { return rebases_; }

    // An addition is an op.
    [[nodiscard]] const UpdateWork& work() const noexcept { return work_; }

private:
    struct Kept {
        std::size_t group = 0;
        std::size_t index = 0;    // of the outcome
        std::vector<double> soft; // O entries, where it is soft
        bool is_soft = false;
        std::vector<double> table; // l_m
    };

    [[nodiscard]] bool changed(std::size_t modality, const Outcome& outcome) const noexcept;
    void remember(std::size_t modality, const Outcome& outcome) noexcept;
    void replace(std::size_t modality, const Outcome& outcome) noexcept;
    void rebase() noexcept;

    std::vector<ModalityGroup> groups_;
    LogLikelihood single_;
    std::vector<Kept> kept_; // by modality
    std::vector<std::vector<double>> sums_;
    std::vector<const double*> tables_;
    std::size_t rebase_steps_;
    std::size_t steps_ = 0;
    std::uint64_t rebases_ = 0;
    bool observed_ = false;
    UpdateWork work_;
};

} // namespace assay::active_inference
