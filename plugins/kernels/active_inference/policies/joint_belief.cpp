#include "active_inference/policies/joint_belief.hpp"

#include "active_inference/logarithm.hpp"
#include "active_inference/policies/outer_product.hpp"

#include <bit>
#include <cstdint>

namespace assay::active_inference {

JointBelief::JointBelief(std::span<const std::size_t> state_counts, const FactorList& factors)
    : factors_(factors)
    , vectors_(factors.size()) {
    std::size_t states = 1;
    for (const std::size_t factor : factors) {
        states *= state_counts[factor];
    }
    values_.resize(states);
    above_.resize(states);
    below_.resize(states);
}

void JointBelief::assign(const Beliefs& q) noexcept {
    for (std::size_t i = 0; i < factors_.size(); ++i) {
        vectors_[i] = q[factors_[i]];
    }
    outer_product(vectors_, values_);
    const double* const __restrict values = values_.data();
    double* const __restrict above = above_.data();
    double* const __restrict below = below_.data();
    std::uint64_t bits = 0; // of all entries below the floor: without a branch for each
    for (std::size_t state = 0; state < values_.size(); ++state) {
        above[state] = values[state] > kGainFloor ? values[state] : 0;
        below[state] = values[state] - above[state];
        bits |= std::bit_cast<std::uint64_t>(below[state]);
    }
    any_below_ = bits != 0;
}

} // namespace assay::active_inference
