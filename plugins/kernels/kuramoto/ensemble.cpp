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
    , cells_(blocks_ * oscillators)
    , start_(cells_.size() * kTogether)
    , coupling_(blocks_ * kTogether) {
    require_sound(first_step_fault(dt));
}

std::size_t Ensemble::cell(std::size_t replica, std::size_t oscillator) const noexcept {
    return replica / kTogether * oscillators_ + oscillator;
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
    coupling_.data()[replica] = dt_ / 2 * values.strength / static_cast<double>(oscillators_);
    const std::size_t lane = replica % kTogether;
    for (std::size_t i = 0; i < oscillators_; ++i) {
        const std::size_t at = cell(replica, i);
        cells_[at].turn[lane] = dt_ / 2 * values.omega[i];
        cells_[at].theta[lane] = values.start[i];
        start_.data()[at * kTogether + lane] = values.start[i];
    }
}

void Ensemble::restart() noexcept {
    for (std::size_t at = 0; at < cells_.size(); ++at) {
        std::copy_n(start_.data() + at * kTogether, kTogether, cells_[at].theta);
    }
}

void Ensemble::steps(std::uint64_t count) {
    step_blocks(0, blocks_, count);
}

void Ensemble::step_blocks(std::size_t first, std::size_t last, std::uint64_t count) {
    for (std::size_t block = first; block < last; ++block) {
        loops_->replica_steps({.cells = cells_.data() + block * oscillators_,
                               .coupling = coupling_.data() + block * kTogether,
                               .n = oscillators_},
                              count);
    }
}

std::vector<double> Ensemble::phases(std::size_t replica) const {
    std::vector<double> phases(oscillators_);
    for (std::size_t i = 0; i < oscillators_; ++i) {
        phases[i] = cells_[cell(replica, i)].theta[replica % kTogether];
    }
    return phases;
}

double Ensemble::order(std::size_t replica) const {
    return order_of(phases(replica)).r;
}

} // namespace assay::kuramoto
