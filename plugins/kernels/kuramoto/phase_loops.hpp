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

// Where rates are omega + pull_sin * cos - pull_cos * sin, they are computed on the way.
struct FieldStage {
    const double* theta;
    const double* omega;
    double* sin;
    double* cos;
    double* sum;
    std::size_t n;
    double pull_sin, pull_cos;
};

struct RateStage {
    const double* theta;
    const double* rate;
    double* sin;
    double* cos;
    double* sum;
    std::size_t n;
};

// The step itself, and the sines and cosines with which the next one begins.
struct FieldFinish {
    double* theta;
    const double* omega;
    double* sin;
    double* cos;
    const double* sum;
    std::size_t n;
    double pull_sin, pull_cos;
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

// Replicas side by side: value i of replica l is at [i * kReplicasTogether + l].
inline constexpr std::size_t kReplicasTogether = 16;

struct ReplicaBlock {
    double* theta;
    const double* omega;
    const double* coupling; // K / N of each replica
    double* phase;          // work space, as theta
    double* sin;
    double* cos;
    double* sum;
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
    PhaseSums (*field_stage)(const FieldStage&, const StageShift&);
    PhaseSums (*field_finish)(const FieldFinish&, double sixth_of_dt);
    void (*field_rate)(const Oscillators&, double pull_sin, double pull_cos);
    PhaseSums (*rate_stage)(const RateStage&, const StageShift&);
    void (*rate_finish)(
        double* theta, const double* sum, const double* rate, std::size_t n, double by);
    // Rows of `matrix` lie padded(n) apart, zero beyond n.
    void (*dense_rate)(const double* matrix, const Oscillators&);
    // K cos(alpha), K sin(alpha).
    void (*dense_alpha_rate)(const double* with_cos, const double* with_sin, const Oscillators&);
    void (*sparse_rate)(const SparseRows&, const Oscillators&);
    void (*replica_steps)(const ReplicaBlock&, double dt, std::uint64_t count);
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
