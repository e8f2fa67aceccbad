// What the observations of a window say about each factor at each time step. Prepared once per
// window, read as often as there are policies and iterations.
//
//   ObservedLikelihoods likelihoods(model, 5, LikelihoodForm::factorised);
//   likelihoods.observe(window, work);                       // [t * modalities + m]
//   likelihoods.message(t, f, q, out, work);                 // ln of the likelihood, or its
//   average
//
// Allocates in its constructor only. One thread at a time: the workspace is its own.
#pragma once

#include "active_inference/contraction.hpp"
#include "active_inference/model.hpp"
#include "active_inference/trajectories/step_likelihoods.hpp"
#include "active_inference/trajectories/trajectory.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace assay::active_inference {

enum class LikelihoodForm {
    joint,      // ln(E[prod_m A_m] + 1e-16): one table over all factors
    factorised, // sum_m ln(E[A_m] + 1e-16)
    log_clip    // sum_m E[ln max(A_m, DBL_EPSILON)]: the logarithm inside the average
};

class ObservedLikelihoods {
public:
    // `with_energy`: expected_log() is wanted, which needs tables over all factors in any form.
    // Throws std::length_error where those are too large (joint_likelihood.hpp).
    ObservedLikelihoods(const FactoredModel& model,
                        std::size_t observed_max,
                        LikelihoodForm form,
                        bool with_energy = false);

    // At most observed_max steps; every outcome exists (window_fault.hpp). Soft outcomes are mixed
    // here, so nothing of the window is read afterwards.
    void observe(std::span<const Outcome> window, TrajectoryWork& work) noexcept;

    [[nodiscard]] std::size_t observed() const noexcept { return observed_; }

    // 0 for a step that is not observed or a factor that no modality sees.
    void message(std::size_t step,
                 std::size_t factor,
                 const Beliefs& q,
                 std::span<double> out,
                 TrajectoryWork& work) noexcept;

    // E_q[ln(likelihood + 1e-16)], likelihood = product over modalities in `joint`, their sum in
    // `factorised` (as the program does that the golden data comes from).
    [[nodiscard]] double
    expected_log(std::size_t step, const Beliefs& q, TrajectoryWork& work) noexcept {
        return joint_->expected_log(step, q, work);
    }

private:
    // A likelihood as a function of the states of some factors.
    struct Term {
        FactorList factors;
        std::vector<Contraction> keeping; // by position in `factors`
        std::size_t slice = 1;            // entries per outcome
        std::vector<double> table;        // [o][states...]
        std::vector<double> mixed;        // [t][states...]: of soft outcomes
        std::vector<double> logs;         // [t][states]: of one factor alone nothing is averaged
        std::vector<const double*> seen;  // [t]
    };

    struct Use {
        std::size_t term, position;
    };

    void add_term(Term term, std::span<const std::size_t> state_counts);
    [[nodiscard]] const double*
    slice_of(std::size_t modality, std::size_t step, const Outcome& outcome) noexcept;
    void keep_logs(Term& term, std::size_t step, TrajectoryWork& work) noexcept;

    LikelihoodForm form_;
    std::size_t observed_max_;
    std::size_t observed_ = 0;
    std::size_t modalities_;
    std::vector<Term> terms_;            // per modality; in `joint` one more, over all factors
    std::vector<std::vector<Use>> uses_; // by factor
    std::optional<StepLikelihoods> joint_;
    std::vector<const double*> vectors_;
    std::vector<const double*> slices_;
    std::vector<double> space_;
    std::vector<double> averaged_;
};

} // namespace assay::active_inference
