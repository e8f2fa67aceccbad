#include "kuramoto/rk4.hpp"

namespace assay::kuramoto {

Rk4::Rk4(const Problem& problem, const std::vector<double>& start, double dt, Way way)
    : loops_(&phase_loops())
    , right_(problem, way)
    , dt_(dt)
    , theta_(start.size(), 3)
    , rate_(start.size(), 4)
    , sum_(start.size(), 5)
    , next_(way == Way::naive_n2 ? start.size() : 0)
    , turn_(right_.is_field() ? start.size() : 0, 6) {
    require_sound(first_fault(right_.size(), start));
    require_sound(first_step_fault(dt));
    theta_.assign(start);
    for (std::size_t i = 0; i < turn_.size(); ++i) {
        turn_.data()[i] = dt / 2 * problem.omega[i];
    }
}

void Rk4::reverse() noexcept {
    dt_ = -dt_;
    for (std::size_t i = 0; i < turn_.size(); ++i) {
        turn_.data()[i] = -turn_.data()[i];
    }
}

void Rk4::restart(std::span<const double> phases) noexcept {
    theta_.assign(phases);
    time_ = 0;
    sums_.reset();
}

std::span<const double> Rk4::rates() {
    right_(theta_.data(), rate_.data());
    return rate_.values();
}

void Rk4::steps(std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
        step();
    }
}

void Rk4::step() {
    if (right_.is_field()) {
        field_step();
    } else if (right_.way() == Way::fast) {
        rate_step();
    } else {
        naive_step();
    }
    time_ += dt_;
}

// Rates are never stored: each stage turns the sines and cosines of the last into its own, and the
// step's end those that the next one begins with, so that every array is read once a stage.
void Rk4::field_step() {
    double* const s = right_.sines().data();
    double* const c = right_.cosines().data();
    const std::size_t n = right_.size();
    const PhaseSums pull = right_.pull_of({.sin = 0, .cos = 1}); // of one that stands at 0
    sums_ = loops_->field_step({.theta = theta_.data(),
                                .turn = turn_.data(),
                                .sin = s,
                                .cos = c,
                                .sum = sum_.data(),
                                .n = n,
                                .along = dt_ / 2 * pull.cos,
                                .across = -dt_ / 2 * pull.sin},
                               sums_ ? *sums_ : loops_->sincos(theta_.data(), s, c, n));
}

void Rk4::rate_step() {
    const StageShift stages[] = {{dt_ / 2, 1, true}, {dt_ / 2, 2, false}, {dt_, 2, false}};
    double* const s = right_.sines().data();
    double* const c = right_.cosines().data();
    const std::size_t n = right_.size();
    right_(theta_.data(), rate_.data());
    for (const StageShift& stage : stages) {
        const PhaseSums sums =
            loops_->rate_stage({theta_.data(), rate_.data(), s, c, sum_.data(), n}, stage);
        right_.from_sincos(sums, rate_.data());
    }
    loops_->rate_finish(theta_.data(), sum_.data(), rate_.data(), n, dt_ / 6);
}

// The reference: no sines shared, stages as the textbook has them.
void Rk4::naive_step() {
    const double shifts[] = {dt_ / 2, dt_ / 2, dt_};
    const double weights[] = {1, 2, 2, 1};
    const std::size_t n = right_.size();
    sum_.assign({});
    right_(theta_.data(), rate_.data());
    for (std::size_t stage = 0; stage < 4; ++stage) {
        for (std::size_t i = 0; i < n; ++i) {
            sum_.data()[i] += weights[stage] * rate_.data()[i];
        }
        if (stage < 3) {
            for (std::size_t i = 0; i < n; ++i) {
                next_.data()[i] = theta_.data()[i] + shifts[stage] * rate_.data()[i];
            }
            right_(next_.data(), rate_.data());
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        theta_.data()[i] += dt_ / 6 * sum_.data()[i];
    }
}

} // namespace assay::kuramoto
