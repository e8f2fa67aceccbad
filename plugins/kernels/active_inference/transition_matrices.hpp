// The transitions of a model as the products need them: one contiguous row-major matrix per factor
// and action, P(s' | s) = matrix[s' * S + s].
//
//   TransitionMatrices matrices(model);
//   std::span<const double> b = matrices.matrix(factor, action);
//
// B_f[s', s, u] itself is strided: its fastest axis is the action. Only factors that depend on
// themselves alone have such matrices; others need the joint state of their parents.
// Immutable but for its version; any number of threads may read.
#pragma once

#include "active_inference/model.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

class TransitionMatrices {
public:
    // Copies. Throws std::invalid_argument naming the factor that has other parents than itself;
    // the model must be without fault (model_fault.hpp).
    explicit TransitionMatrices(const FactoredModel& model);

    [[nodiscard]] std::uint64_t version() const noexcept { return version_; }

    // What learning does to caches, without the learning: nothing kept before is used again.
    void raise_version() noexcept { ++version_; }

    [[nodiscard]] std::size_t factor_count() const noexcept { return factors_.size(); }

    [[nodiscard]] std::size_t states(std::size_t factor) const noexcept {
        return factors_[factor].states;
    }

    [[nodiscard]] std::size_t actions(std::size_t factor) const noexcept {
        return factors_[factor].actions;
    }

    [[nodiscard]] std::span<const double> matrix(std::size_t factor,
                                                 std::size_t action) const noexcept {
        const Factor& f = factors_[factor];
        const std::size_t size = f.states * f.states;
        return std::span<const double>(f.entries).subspan(action * size, size);
    }

    [[nodiscard]] std::size_t states_max() const noexcept;
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    struct Factor {
        std::size_t states = 0, actions = 0;
        std::vector<double> entries; // [u, s', s]
    };

    std::uint64_t version_;
    std::vector<Factor> factors_;
};

} // namespace assay::active_inference
