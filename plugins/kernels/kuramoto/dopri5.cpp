#include "kuramoto/dopri5.hpp"

#include "kuramoto/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace assay::kuramoto {
namespace {

constexpr std::size_t kStages = 7;

// Row s: weights of the rates before it; the last row is the result of order 5.
constexpr double kWeights[kStages][kStages - 1] = {
    {0, 0, 0, 0, 0, 0},
    {1.0 / 5, 0, 0, 0, 0, 0},
    {3.0 / 40, 9.0 / 40, 0, 0, 0, 0},
    {44.0 / 45, -56.0 / 15, 32.0 / 9, 0, 0, 0},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729, 0, 0},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656, 0},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}};

// Order 5 less order 4.
constexpr double kErrorWeights[kStages] = {
    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40};

constexpr double kSafety = 0.9, kShrinkMost = 0.2, kGrowMost = 5;

double step_factor(double error) {
    if (!std::isfinite(error)) {
        return kShrinkMost;
    }
    return error == 0 ? kGrowMost
                      : std::clamp(kSafety * std::pow(error, -0.2), kShrinkMost, kGrowMost);
}

} // namespace

StepUnderflow::StepUnderflow(double time, double step)
    : std::runtime_error("the step fell to " + number_text(step) +
                         " s at t = " + number_text(time) +
                         " s: no step is small enough for the tolerance; ask for a larger one")
    , time_(time) {}

Dopri5::Dopri5(const Problem& problem,
               const std::vector<double>& start,
               const StepControl& control,
               Way way)
    : loops_(&phase_loops())
    , right_(problem, way)
    , control_(control)
    , theta_(start.size())
    , next_(start.size())
    , dt_(control.first_step) {
    require_sound(first_fault(right_.size(), start));
    require_sound(first_step_fault(control.first_step));
    require_sound(first_step_fault(control.longest_step));
    if (!(control.tolerance > 0) || !std::isfinite(control.tolerance)) {
        require_sound("rtol is " + number_text(control.tolerance) +
                      ": expected a finite number above 0");
    }
    theta_.assign(start);
    rates_.fill(AlignedValues(start.size()));
}

void Dopri5::restart(std::span<const double> phases) noexcept {
    theta_.assign(phases);
    dt_ = control_.first_step;
    time_ = 0;
    has_rate_ = false;
}

void Dopri5::evaluate(const AlignedValues& at, std::size_t stage) {
    right_(at.data(), rates_[stage].data());
    ++stages_;
}

double Dopri5::attempt(double dt) {
    const double* rates[kStages];
    for (std::size_t stage = 0; stage < kStages; ++stage) {
        rates[stage] = rates_[stage].data();
    }
    const std::size_t n = right_.size();
    double weights[kStages];
    for (std::size_t stage = 1; stage < kStages; ++stage) {
        for (std::size_t m = 0; m < stage; ++m) {
            weights[m] = dt * kWeights[stage][m];
        }
        loops_->combine({theta_.data(), rates, weights, stage, n}, next_.data());
        evaluate(next_, stage);
    }
    for (std::size_t m = 0; m < kStages; ++m) {
        weights[m] = dt * kErrorWeights[m];
    }
    const double squares = loops_->squares({theta_.data(), rates, weights, kStages, n});
    return std::sqrt(squares / static_cast<double>(n)) / control_.tolerance;
}

void Dopri5::accept(double dt) noexcept {
    std::swap(theta_, next_);
    std::swap(rates_[0], rates_[kStages - 1]); // the last rate is the first of the next step
    time_ += dt;
}

void Dopri5::step_of_at_most(double longest) {
    if (!has_rate_) {
        evaluate(theta_, 0);
        has_rate_ = true;
    }
    for (;;) {
        const double dt = std::min({dt_, longest, control_.longest_step});
        const double least = 16 * std::numeric_limits<double>::epsilon() * std::max(1.0, time_);
        if (dt < least && dt < longest) {
            throw StepUnderflow(time_, dt);
        }
        const double error = attempt(dt);
        const double wanted = dt * step_factor(error);
        if (error <= 1) {
            accept(dt);
            // A step that was cut short for the end says nothing against longer ones.
            dt_ = dt < dt_ ? std::max(dt_, wanted) : wanted;
            return;
        }
        ++refused_;
        dt_ = wanted;
    }
}

void Dopri5::step() {
    step_of_at_most(std::numeric_limits<double>::infinity());
}

void Dopri5::advance_to(double time) {
    while (time_ < time) {
        const double left = time - time_;
        step_of_at_most(left);
        if (time - time_ <= 4 * std::numeric_limits<double>::epsilon() * std::abs(time)) {
            time_ = time;
        }
    }
}

} // namespace assay::kuramoto
