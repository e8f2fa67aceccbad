// What one modality adds to the expected free energy at every node of a policy tree, kept, so that
// each part is computed again only for what it depends on:
//   tables      of A alone:            H(s) = sum_o A ln(A + e^-16)
//   outcomes    of A and the beliefs:  qo, and the information gain
//   utility     of C and the outcomes: qo . ln(softmax(C) + 1e-16)
// The same sums in the same order as OutcomeTerms (policies/outcome_terms.hpp).
//
//   ModalityTerms terms(model, 0, nodes);
//   terms.refresh_tables(a);
//   terms.refresh_outcomes(node, a, joint);
//   terms.refresh_utility(node);
//   terms.value(node);
//
// Preferences that do not depend on time. One per thread. Allocates in its constructor only.
#pragma once

#include "active_inference/model.hpp"
#include "active_inference/policies/joint_belief.hpp"
#include "active_inference/selective/update_work.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::active_inference {

class ModalityTerms {
public:
    ModalityTerms(const FactoredModel& model, std::size_t modality, std::size_t nodes);

    void refresh_preferences(std::span<const double> preferences) noexcept;
    void refresh_tables(const Tensor& likelihood) noexcept;
    void
    refresh_outcomes(std::size_t node, const Tensor& likelihood, const JointBelief& joint) noexcept;
    void refresh_utility(std::size_t node) noexcept;

    [[nodiscard]] double utility(std::size_t node) const noexcept { return utilities_[node]; }

    [[nodiscard]] double gain(std::size_t node) const noexcept { return gains_[node]; }

    // Of one call of the function of that name. Outcomes: nominal, a belief with states at or below
    // the floor e^-16 costs a second pass over A.
    [[nodiscard]] UpdateCost preferences_cost() const noexcept;
    [[nodiscard]] UpdateCost tables_cost() const noexcept;
    [[nodiscard]] UpdateCost outcomes_cost() const noexcept;
    [[nodiscard]] UpdateCost utility_cost() const noexcept;

private:
    [[nodiscard]] std::span<double> outcomes_of(std::size_t node) noexcept {
        return std::span(predicted_).subspan(node * outcomes_, outcomes_);
    }

    std::size_t outcomes_, states_;
    std::vector<double> log_preferences_, ambiguity_;
    std::vector<double> kept_, rest_; // outcomes of the states above the floor, and of the others
    std::vector<double> predicted_;   // [node][outcome]
    std::vector<double> utilities_, gains_;
};

} // namespace assay::active_inference
