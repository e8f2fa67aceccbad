// The log-likelihood of an observation summed over the modalities of a group: L(s) = sum_m l_m(s).
// The logarithm is taken once per entry, of the product of the floored likelihoods: the same sum,
// with as many logarithms less as the group has modalities. Dialects as in log_likelihood.hpp.
//
//   JointLikelihood joint(model, modality_groups(model), {});
//   joint.observe(observation);
//   joint.tables()[group][s];
//
// Borrows the model, which must stay as it is. One per thread; observe() allocates nothing.
#pragma once

#include "active_inference/state_inference/log_likelihood.hpp"
#include "active_inference/state_inference/modality_groups.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

class JointLikelihood {
public:
    // Every group's factors are those of its modalities, in their order.
    JointLikelihood(const FactoredModel& model,
                    std::vector<ModalityGroup> groups,
                    LogLikelihoodOptions options = {});

    // From now on another model of the same shapes, or the same one after its tensors changed.
    void use_model(const FactoredModel& model) noexcept {
        model_ = &model;
        single_.use_model(model);
    }

    // An observation without fault (observation_fault.hpp).
    void observe(Observation observation) noexcept;

    [[nodiscard]] const std::vector<ModalityGroup>& groups() const noexcept { return groups_; }

    // One per group, row-major. Valid until the next observe().
    [[nodiscard]] std::span<const double* const> tables() const noexcept { return tables_; }

    // Of all observe() so far.
    [[nodiscard]] std::uint64_t logarithms() const noexcept { return logarithms_; }

private:
    [[nodiscard]] bool adds_logarithms(const Outcome& outcome) const noexcept;
    void observe_group(std::size_t group, Observation observation) noexcept;

    const FactoredModel* model_;
    LogLikelihoodOptions options_;
    std::vector<ModalityGroup> groups_;
    LogLikelihood single_;                 // tables of single modalities, where logarithms are kept
    std::vector<std::vector<double>> own_; // room for a group's table
    std::vector<double> product_;
    std::vector<double> mixture_;
    std::vector<const double*> tables_;
    std::uint64_t logarithms_ = 0;
};

// The dense variant: L(s) = ln(prod_m p_m(s) + 1e-16) over all factors, floored once. Where a
// likelihood is 0 it differs from the sum of the modalities' logarithms, by as much as 36.8 for
// each further one that is 0: for comparison only.
[[nodiscard]] std::vector<double> dense_log_likelihood(const FactoredModel& model,
                                                       Observation observation);

} // namespace assay::active_inference
