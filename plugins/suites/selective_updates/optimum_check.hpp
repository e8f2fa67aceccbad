// Are reported beliefs an optimum of the free energy, and the one that the full path came to? Asked
// of the very numbers that were reported, by code that computes from scratch and repairs nothing.
//
//   OptimumCheck check(model, prior, 1e-12);
//   check.observe(position, observation);
//   check.compare({.q = &warm, .free_energy = -3.1}, {.q = &full, .free_energy = -3.1});
//   check.finish();                                  // too many elsewhere?
//   check.found().other_optima
//
// Both are held to this: one more sweep of the full path moves no belief by more than
// sqrt(tolerance), and the free energy computed from them is the one reported within 1e-9. An
// iteration stops when a sweep lowers F by less than the tolerance; that is the sum of the factors'
// KL(before || after), and by Pinsker's inequality no entry moves by more than sqrt(tolerance / 2).
// Beliefs more than 1e-5 apart are then at another optimum, where the free energies differ, or on
// one so flat that it does not tell them apart.
//
// Borrows the model. One thread at a time.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"
#include "active_inference/state_inference/fixed_point_iteration.hpp"
#include "active_inference/state_inference/free_energy.hpp"
#include "active_inference/state_inference/joint_likelihood.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace assay::selective_updates {

struct ReportedOptimum {
    const active_inference::Beliefs* q = nullptr;
    double free_energy = 0;
};

struct OptimaFound {
    double largest_difference = 0; // of beliefs
    double largest_step = 0;       // of a belief in one more sweep
    std::uint64_t values = 0;      // beliefs compared
    std::uint64_t observations = 0, other_optima = 0, flat_optima = 0;

    [[nodiscard]] std::uint64_t elsewhere() const noexcept { return other_optima + flat_optima; }
};

class OptimumCheck {
public:
    static constexpr double kSame = 1e-5;       // of beliefs
    static constexpr double kSameEnergy = 1e-9; // of free energies
    static constexpr double kElsewhereMax = 0.25;

    OptimumCheck(const active_inference::FactoredModel& model,
                 const active_inference::Beliefs& prior,
                 double tolerance);

    void observe(std::size_t position, active_inference::Observation observation) noexcept;

    // L of the observation, summed from scratch.
    [[nodiscard]] std::span<const double> sums() const noexcept;

    // Throws assay::wrong_result where one of them is no optimum of what was observed last.
    void compare(const ReportedOptimum& selective, const ReportedOptimum& full);

    // Throws assay::wrong_result where more than a quarter of the observations ended elsewhere: a
    // warm start may lead to another optimum now and then, not as a rule.
    void finish() const;

    [[nodiscard]] const OptimaFound& found() const noexcept { return found_; }

private:
    // Its free energy, computed from the beliefs.
    [[nodiscard]] double require_optimum(const char* path, const ReportedOptimum& reported);

    active_inference::Beliefs prior_, swept_;
    double step_max_;
    active_inference::LogLikelihood tables_;
    active_inference::FreeEnergy energy_;
    active_inference::JointLikelihood joint_;
    active_inference::FixedPointIteration sweep_;
    std::size_t position_ = 0;
    OptimaFound found_;
};

} // namespace assay::selective_updates
