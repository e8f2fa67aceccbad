// The hot loops over oscillators, compiled for each level of x86-64 (phase_loops.cpp); the table of
// the level that this processor has is chosen once.
//
//   const PhaseLoops& loops = phase_loops();
//   const PhaseSums sums = loops.sincos(theta, s, c, n);     // s = sin theta, c = cos theta
//
// All pointers are those of AlignedValues: loops go up to padded(n), sums over n. Pure; any thread.
// Nothing here asks whether a number is finite.
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay::kuramoto {

struct PhaseSums {
    double sin = 0, cos = 0;
};

// One stage of a Runge-Kutta step: from the rates of the last stage to the sines and cosines of the
// next phases, theta + shift * rate; sum (+)= weight * rate.
struct StageShift {
    double shift = 0;
    double weight = 0;
    bool first = false; // sum = rate
};

// A mean field, whose rates are omega + pull_sin * cos - pull_cos * sin, computed on the way. All
// of it is told in halves of a step of order 4, so that most of it is additions, which the
// processor makes beside the products of the sines.
struct Field {
    double* theta;
    const double* turn; // omega dt / 2
    double* sin;        // of theta
    double* cos;
    double* sum; // work space
    std::size_t n;
    double along, across; // K / N dt / 2 times cosine and sine of the lag
};

struct RateStage {
    const double* theta;
    const double* rate;
    double* sin;
    double* cos;
    double* sum;
    std::size_t n;
};

struct Oscillators {
    const double* omega;
    const double* sin;
    const double* cos;
    double* rate;
    std::size_t n;
};

struct SparseRows {
    const std::uint64_t* row_begin; // n + 1
    const std::uint32_t* column;
    const double* weight;
};

// Replicas side by side, and what belongs to one oscillator of them together: a step of a few
// oscillators waits for what it has just written, and must not for what only lies like it, a
// multiple of 4 096 bytes apart.
inline constexpr std::size_t kReplicasTogether = 16;

struct alignas(64) ReplicaCell {
    double theta[kReplicasTogether];
    double turn[kReplicasTogether]; // as of a Field
    double sin[kReplicasTogether];  // the rest: work space
    double cos[kReplicasTogether];
    double sum[kReplicasTogether];
};

struct ReplicaBlock {
    ReplicaCell* cells;     // one for each oscillator
    const double* coupling; // K / N dt / 2 of each replica
    std::size_t n;
};

struct Combination {
    const double* theta;
    const double* const* rates;
    const double* weights;
    std::size_t count;
    std::size_t n;
};

struct PhaseLoops {
    PhaseSums (*sincos)(const double* theta, double* sin, double* cos, std::size_t n);
    // From the sums of sin and cos to those after the step.
    PhaseSums (*field_step)(const Field&, PhaseSums);
    void (*field_rate)(const Oscillators&, double pull_sin, double pull_cos);
    PhaseSums (*rate_stage)(const RateStage&, const StageShift&);
    void (*rate_finish)(
        double* theta, const double* sum, const double* rate, std::size_t n, double by);
    // Rows of `matrix` lie padded(n) apart, zero beyond n.
    void (*dense_rate)(const double* matrix, const Oscillators&);
    // K cos(alpha), K sin(alpha).
    void (*dense_alpha_rate)(const double* with_cos, const double* with_sin, const Oscillators&);
    void (*sparse_rate)(const SparseRows&, const Oscillators&);
    void (*replica_steps)(const ReplicaBlock&, std::uint64_t count);
    void (*combine)(const Combination&, double* out); // theta + sum of weights * rates
    double (*squares)(const Combination&);            // sum of (sum of weights * rates)^2
};

namespace v1 {
const PhaseLoops& phase_loops() noexcept;
}

namespace v3 {
const PhaseLoops& phase_loops() noexcept;
}

namespace v4 {
const PhaseLoops& phase_loops() noexcept;
}

// Of this processor.
[[nodiscard]] const PhaseLoops& phase_loops() noexcept;

} // namespace assay::kuramoto
