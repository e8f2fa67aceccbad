// Many small mean-field systems at once, each replica with its own frequencies, strength and start:
// sixteen side by side, so that a vector holds one oscillator of several replicas.
//
//   Ensemble ensemble(oscillators, replicas, 0.01);
//   ensemble.set(3, {.omega = omega, .start = start, .strength = 1.2});
//   ensemble.steps(100);
//   ensemble.order(3);
//
// Blocks of sixteen replicas are independent: step_blocks() may be called from several threads for
// different blocks, and the result is the same for any number of them.
#pragma once

#include "kuramoto/aligned_values.hpp"
#include "kuramoto/phase_loops.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::kuramoto {

struct Replica {
    std::vector<double> omega, start;
    double strength = 0; // K; K_ij = K / N
};

class Ensemble {
public:
    // Throws std::invalid_argument: at least 2 oscillators, 1 replica, a step above 0.
    Ensemble(std::size_t oscillators, std::size_t replicas, double dt);

    // Throws std::invalid_argument with what is wrong.
    void set(std::size_t replica, const Replica& values);

    void steps(std::uint64_t count);
    void step_blocks(std::size_t first, std::size_t last, std::uint64_t count);

    // All back to where set() put them.
    void restart() noexcept;

    [[nodiscard]] std::size_t blocks() const noexcept { return blocks_; }

    [[nodiscard]] std::size_t oscillators() const noexcept { return oscillators_; }

    [[nodiscard]] std::size_t replicas() const noexcept { return replicas_; }

    [[nodiscard]] std::vector<double> phases(std::size_t replica) const;
    [[nodiscard]] double order(std::size_t replica) const;

private:
    [[nodiscard]] std::size_t cell(std::size_t replica, std::size_t oscillator) const noexcept;

    const PhaseLoops* loops_;
    std::size_t oscillators_, replicas_, blocks_;
    double dt_;
    std::vector<ReplicaCell, VectorAllocator<ReplicaCell>> cells_; // block by block
    AlignedValues start_;                                          // as thetas of the cells
    AlignedValues coupling_;                                       // of each replica, K / N dt / 2
};

} // namespace assay::kuramoto
