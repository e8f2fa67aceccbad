// The rates of all oscillators at once, in the cheapest way that their coupling allows; or, as a
// reference, by N^2 sines.
//
//   RightHandSide rates(problem);                  // throws std::invalid_argument
//   rates(theta.data(), rate.data());              // AlignedValues(n) both
//
// Holds work space: one per thread. Phases are never wrapped.
#pragma once

#include "kuramoto/aligned_values.hpp"
#include "kuramoto/phase_loops.hpp"
#include "kuramoto/problem.hpp"

#include <cstddef>
#include <variant>

namespace assay::kuramoto {

enum class Way { fast, naive_n2 };

class RightHandSide {
public:
    explicit RightHandSide(const Problem& problem, Way way = Way::fast);

    // theta and rate have room for padded(n) numbers, at 64 bytes.
    void operator()(const double* theta, double* rate);

    // The same from sines and cosines and their sums.
    void from_sincos(const PhaseSums& sums, double* rate) const;

    [[nodiscard]] std::size_t size() const noexcept { return omega_.size(); }

    [[nodiscard]] Way way() const noexcept { return way_; }

    // Nothing but where coupling is a mean field computed in the fast way: {K Im Z, K Re Z}.
    [[nodiscard]] bool is_field() const noexcept {
        return way_ == Way::fast && std::holds_alternative<MeanField>(coupling_);
    }

    [[nodiscard]] PhaseSums pull_of(const PhaseSums& sums) const noexcept;

    [[nodiscard]] AlignedValues& sines() noexcept { return sin_; }

    [[nodiscard]] AlignedValues& cosines() noexcept { return cos_; }

    [[nodiscard]] const AlignedValues& omega() const noexcept { return omega_; }

private:
    void naive(const double* theta, double* rate) const;

    const PhaseLoops* loops_;
    Way way_;
    AlignedValues omega_, sin_, cos_;
    Coupling coupling_;            // without what the matrices below hold
    AlignedValues matrix_, other_; // rows padded(n) apart: K, or K cos(alpha) and K sin(alpha)
    double field_cos_lag_ = 1, field_sin_lag_ = 0;
};

} // namespace assay::kuramoto
