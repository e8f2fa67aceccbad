// The tensors [s', s_parents..., u] of a model's transitions, or of the counts they are learnt
// from, laid out by action: B itself is strided, its fastest axis is the action. With the plan that
// contracts a slice with the beliefs about its parents.
//
//   ActionSlices slices(model, model.transitions);
//   slices.apply(factor, action, q, next);       // next[s'] = sum B[s', s_pa..., action] prod q
//
// Allocates in its constructor only. apply() uses a workspace of the object: one per thread.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/contraction.hpp"
#include "active_inference/model.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace assay::active_inference {

class ActionSlices {
public:
    ActionSlices() = default;
    // `tensors` have the shapes of the model's transitions.
    ActionSlices(const FactoredModel& model, std::span<const Tensor> tensors);

    // Again from tensors of the same shapes.
    void assign(std::span<const Tensor> tensors) noexcept;

    // Swaps the numbers of each factor, which were laid out from tensors of the same shapes.
    void exchange(std::span<std::vector<double>> by_factor) noexcept {
        for (std::size_t f = 0; f < factors_.size(); ++f) {
            factors_[f].by_action.swap(by_factor[f]);
        }
    }

    [[nodiscard]] std::size_t factors() const noexcept { return factors_.size(); }

    [[nodiscard]] std::size_t rows(std::size_t factor) const noexcept {
        return factors_[factor].plan.outputs();
    }

    // Multiply-adds of apply().
    [[nodiscard]] std::uint64_t ops(std::size_t factor) const noexcept {
        return factors_[factor].plan.ops();
    }

    [[nodiscard]] std::span<const double> slice(std::size_t factor,
                                                std::size_t action) const noexcept;

    // The slice, or another of its shape, contracted with the beliefs about the factor's parents.
    void apply(std::size_t factor, std::size_t action, const Beliefs& q, std::span<double> out) {
        apply(factor, slice(factor, action), q, out);
    }

    void apply(std::size_t factor,
               std::span<const double> slice,
               const Beliefs& q,
               std::span<double> out) noexcept;

private:
    struct Factor {
        FactorList parents;
        std::vector<double> by_action;
        std::size_t slice_size = 0;
        Contraction plan;
    };

    std::vector<Factor> factors_;
    std::vector<double> work_;
    std::vector<const double*> vectors_; // of a slice's axes
};

} // namespace assay::active_inference
