#include "kuramoto/ensemble.hpp"

#include "kuramoto/order.hpp"
#include "kuramoto/problem.hpp"

#include <algorithm>

namespace assay::kuramoto {
namespace {

constexpr std::size_t kTogether = kReplicasTogether;

std::size_t checked_size(std::size_t oscillators) {
    if (oscillators < 2) {
        require_sound("there are " + std::to_string(oscillators) +
                      " oscillators: expected at least 2");
    }
    return oscillators;
}

std::size_t checked_replicas(std::size_t replicas) {
    if (replicas == 0) {
        require_sound("there are 0 replicas: expected at least 1");
    }
    return replicas;
}

} // namespace

Ensemble::Ensemble(std::size_t oscillators, std::size_t replicas, double dt)
    : loops_(&phase_loops())
    , oscillators_(checked_size(oscillators))
    , replicas_(checked_replicas(replicas))
    , blocks_((replicas + kTogether - 1) / kTogether)
    , dt_(dt)
    , theta_(blocks_ * oscillators * kTogether)
    , start_(theta_.size())
    , omega_(theta_.size())
    , strength_(blocks_ * kTogether)
    , work_(blocks_, AlignedValues(4 * oscillators * kTogether)) {
    require_sound(first_step_fault(dt));
}

std::size_t Ensemble::at(std::size_t replica, std::size_t oscillator) const noexcept {
    return (replica / kTogether * oscillators_ + oscillator) * kTogether + replica % kTogether;
}

void Ensemble::set(std::size_t replica, const Replica& values) {
    if (replica >= replicas_) {
        require_sound("replica " + std::to_string(replica) + ": expected less than " +
                      std::to_string(replicas_));
    }
    require_sound(first_fault({values.omega, MeanField{values.strength}}));
    require_sound(first_fault(oscillators_, values.start));
    if (values.omega.size() != oscillators_) {
        require_sound("there are " + std::to_string(values.omega.size()) +
                      " frequencies: expected one for each of the " + std::to_string(oscillators_) +
                      " oscillators");
    }
    strength_.data()[replica] = values.strength / static_cast<double>(oscillators_);
    for (std::size_t i = 0; i < oscillators_; ++i) {
        omega_.data()[at(replica, i)] = values.omega[i];
        start_.data()[at(replica, i)] = values.start[i];
        theta_.data()[at(replica, i)] = values.start[i];
    }
}

void Ensemble::restart() noexcept {
    theta_.assign(start_.values());
}

void Ensemble::steps(std::uint64_t count) {
    step_blocks(0, blocks_, count);
}

void Ensemble::step_blocks(std::size_t first, std::size_t last, std::uint64_t count) {
    const std::size_t values = oscillators_ * kTogether;
    for (std::size_t block = first; block < last; ++block) {
        double* const work = work_[block].data();
        const ReplicaBlock replicas{.theta = theta_.data() + block * values,
                                    .omega = omega_.data() + block * values,
                                    .coupling = strength_.data() + block * kTogether,
                                    .phase = work,
                                    .sin = work + values,
                                    .cos = work + 2 * values,
                                    .sum = work + 3 * values,
                                    .n = oscillators_};
        loops_->replica_steps(replicas, dt_, count);
    }
}

std::vector<double> Ensemble::phases(std::size_t replica) const {
    std::vector<double> phases(oscillators_);
    for (std::size_t i = 0; i < oscillators_; ++i) {
        phases[i] = theta_.data()[at(replica, i)];
    }
    return phases;
}

double Ensemble::order(std::size_t replica) const {
    return order_of(phases(replica)).r;
}

} // namespace assay::kuramoto
