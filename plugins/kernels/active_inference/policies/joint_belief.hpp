// The joint distribution of some factors' states, split at the floor e^-16 of the information gain:
// what lies above it and what does not, each with zeros in the other's places.
//
//   JointBelief joint(model.state_counts, {0, 1});
//   joint.assign(q);
//   joint.above_floor();
//
// One per thread. Allocates in its constructor only.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"

#include <span>
#include <vector>

namespace assay::active_inference {

class JointBelief {
public:
    JointBelief(std::span<const std::size_t> state_counts, const FactorList& factors);

    [[nodiscard]] const FactorList& factors() const noexcept { return factors_; }

    void assign(const Beliefs& q) noexcept;

    [[nodiscard]] std::span<const double> values() const noexcept { return values_; }

    [[nodiscard]] std::span<const double> above_floor() const noexcept { return above_; }

    [[nodiscard]] std::span<const double> below_floor() const noexcept { return below_; }

    // Whether anything but zeros is below the floor.
    [[nodiscard]] bool any_below_floor() const noexcept { return any_below_; }

private:
    FactorList factors_;
    std::vector<std::span<const double>> vectors_;
    std::vector<double> values_, above_, below_;
    bool any_below_ = false;
};

} // namespace assay::active_inference
