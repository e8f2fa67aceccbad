// Compiled once for each level (AssayIsaLevels.cmake), so nothing inline of another header may be
// used here: the linker would keep one copy of it, perhaps that of a level the processor lacks.
//
// Without fused multiply-adds, sines and cosines stand in loops of their own over blocks that stay
// in the first cache, with a barrier between: GCC 12 turns sin(x) and cos(x) of one loop into a
// scalar sincos, nine times as slow as two vector calls of libmvec.
#include "kuramoto/phase_loops.hpp"

#include "kuramoto/dense_rows.hpp"
#include "kuramoto/sine_cosine.hpp"

#include <math.h>

namespace assay::kuramoto::ASSAY_ISA_LEVEL {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kLanes = kReplicasTogether;
constexpr std::size_t kVector = 8;
constexpr double kThird = 1.0 / 3;

std::size_t whole_vectors(std::size_t n) {
    return (n + kVector - 1) / kVector * kVector;
}

void sines_and_cosines(const double* __restrict y,
                       double* __restrict s,
                       double* __restrict c,
                       std::size_t n) {
#if defined(__FMA__)
    for (std::size_t i = 0; i < n; ++i) {
        sine_cosine(y[i], s[i], c[i]);
    }
#else
    for (std::size_t i = 0; i < n; ++i) {
        s[i] = sin(y[i]);
    }
    asm volatile("" : : : "memory");
    for (std::size_t i = 0; i < n; ++i) {
        c[i] = cos(y[i]);
    }
#endif
}

void add_to(PhaseSums& sums, const double* s, const double* c, std::size_t n) {
    double of_sin = 0;
    double of_cos = 0;
    for (std::size_t i = 0; i < n; ++i) {
        of_sin += s[i];
        of_cos += c[i];
    }
    sums.sin += of_sin;
    sums.cos += of_cos;
}

// body(begin, values, padded values) for each block.
template <class Body>
void blocks(std::size_t n, Body&& body) {
    for (std::size_t begin = 0; begin < n; begin += kBlock) {
        const std::size_t values = n - begin < kBlock ? n - begin : kBlock;
        body(begin, values, whole_vectors(values));
    }
}

PhaseSums sincos_of(const double* theta, double* s, double* c, std::size_t n) {
    PhaseSums sums;
    blocks(n, [&](std::size_t b, std::size_t values, std::size_t room) {
        sines_and_cosines(theta + b, s + b, c + b, room);
        add_to(sums, s + b, c + b, values);
    });
    return sums;
}

// The stages of a step of order 4 before its last.
enum class Stage { first, second, third };

// Of what an oscillator turns in half a step: what the sum of its step becomes, and by how much its
// phase is shifted for the next stage.
template <Stage S>
double stage_shift(double turned, double& sum) {
    const double twice = __builtin_assoc_barrier(turned + turned); // no product of it
    sum = S == Stage::first ? turned : sum + twice;
    return S == Stage::third ? twice : turned;
}

#if defined(__FMA__)

constexpr std::size_t kAhead = 64; // what memory is asked for, before it is needed

// Halves onto each other: one number after the other would take longer than a step of few.
double total_of(double (&values)[kVector]) {
    for (std::size_t half = kVector / 2; half > 0; half /= 2) {
        for (std::size_t l = 0; l < half; ++l) {
            values[l] += values[l + half];
        }
    }
    return values[0];
}

// Phases 0 to n - 1 and the room behind them, phase(i, sine, cosine of what i was), and theirs into
// s and c: one pass, so that memory is read while the processor computes.
template <class Phase, class Ask>
PhaseSums
one_pass(std::size_t n, double* __restrict s, double* __restrict c, Phase phase, Ask ask) {
    double of_sin[kVector] = {}, of_cos[kVector] = {};
    std::size_t at = 0;
    for (; at + kVector <= n; at += kVector) {
        ask(at + kAhead);
        for (std::size_t l = 0; l < kVector; ++l) {
            double sine, cosine;
            sine_cosine(phase(at + l, s[at + l], c[at + l]), sine, cosine);
            s[at + l] = sine;
            c[at + l] = cosine;
            of_sin[l] += sine;
            of_cos[l] += cosine;
        }
    }
    double last_sin[kVector] = {}, last_cos[kVector] = {};
    if (at < n) {
        for (std::size_t l = 0; l < kVector; ++l) {
            double sine, cosine;
            sine_cosine(phase(at + l, s[at + l], c[at + l]), sine, cosine);
            s[at + l] = sine;
            c[at + l] = cosine;
            last_sin[l] = at + l < n ? sine : 0; // the rest is nobody's
            last_cos[l] = at + l < n ? cosine : 0;
        }
    }
    for (std::size_t l = 0; l < kVector; ++l) {
        of_sin[l] += last_sin[l];
        of_cos[l] += last_cos[l];
    }
    return {.sin = total_of(of_sin), .cos = total_of(of_cos)};
}

template <Stage S>
PhaseSums field_stage(const Field& f, const PhaseSums& pull) {
    const double* __restrict theta = f.theta;
    const double* __restrict turn = f.turn;
    double* __restrict sum = f.sum;
    const double *s = f.sin, *c = f.cos;
    const double p = pull.sin, q = pull.cos;
    return one_pass(
        f.n,
        f.sin,
        f.cos,
        [=](std::size_t i, double sine, double cosine) {
            return theta[i] + stage_shift<S>(turn[i] + p * cosine - q * sine, sum[i]);
        },
        [=](std::size_t i) {
            __builtin_prefetch(theta + i);
            __builtin_prefetch(turn + i);
            __builtin_prefetch(s + i, 1);
            __builtin_prefetch(c + i, 1);
            __builtin_prefetch(sum + i, 1);
        });
}

PhaseSums field_finish(const Field& f, const PhaseSums& pull) {
    double* __restrict theta = f.theta;
    const double* __restrict turn = f.turn;
    const double* __restrict sum = f.sum;
    const double *s = f.sin, *c = f.cos;
    const double p = pull.sin, q = pull.cos;
    return one_pass(
        f.n,
        f.sin,
        f.cos,
        [=](std::size_t i, double sine, double cosine) {
            theta[i] += kThird * (sum[i] + turn[i] + p * cosine - q * sine);
            return theta[i];
        },
        [=](std::size_t i) {
            __builtin_prefetch(theta + i, 1);
            __builtin_prefetch(turn + i);
            __builtin_prefetch(s + i, 1);
            __builtin_prefetch(c + i, 1);
            __builtin_prefetch(sum + i);
        });
}

#else

template <Stage S>
PhaseSums field_stage(const Field& f, const PhaseSums& pull) {
    alignas(64) double next[kBlock];
    PhaseSums sums;
    blocks(f.n, [&](std::size_t b, std::size_t values, std::size_t room) {
        const double* __restrict theta = f.theta + b;
        const double* __restrict turn = f.turn + b;
        double* __restrict s = f.sin + b;
        double* __restrict c = f.cos + b;
        double* __restrict sum = f.sum + b;
        double* __restrict y = next;
        const double p = pull.sin, q = pull.cos;
        for (std::size_t i = 0; i < room; ++i) {
            y[i] = theta[i] + stage_shift<S>(turn[i] + p * c[i] - q * s[i], sum[i]);
        }
        asm volatile("" : : : "memory");
        sines_and_cosines(next, s, c, room);
        add_to(sums, s, c, values);
    });
    return sums;
}

PhaseSums field_finish(const Field& f, const PhaseSums& pull) {
    double* __restrict theta = f.theta;
    const double* __restrict turn = f.turn;
    const double* __restrict s = f.sin;
    const double* __restrict c = f.cos;
    const double* __restrict sum = f.sum;
    const std::size_t room = whole_vectors(f.n);
    for (std::size_t i = 0; i < room; ++i) {
        theta[i] += kThird * (sum[i] + turn[i] + pull.sin * c[i] - pull.cos * s[i]);
    }
    return sincos_of(f.theta, f.sin, f.cos, f.n);
}

#endif

PhaseSums pull_of(const Field& f, const PhaseSums& sums) {
    return {.sin = f.along * sums.sin - f.across * sums.cos,
            .cos = f.along * sums.cos + f.across * sums.sin};
}

PhaseSums field_step(const Field& f, PhaseSums sums) {
    sums = field_stage<Stage::first>(f, pull_of(f, sums));
    sums = field_stage<Stage::second>(f, pull_of(f, sums));
    sums = field_stage<Stage::third>(f, pull_of(f, sums));
    return field_finish(f, pull_of(f, sums));
}

void field_rate(const Oscillators& o, double p, double q) {
    const double* __restrict omega = o.omega;
    const double* __restrict s = o.sin;
    const double* __restrict c = o.cos;
    double* __restrict rate = o.rate;
    const std::size_t room = whole_vectors(o.n);
    for (std::size_t i = 0; i < room; ++i) {
        rate[i] = omega[i] + p * c[i] - q * s[i];
    }
}

PhaseSums rate_stage(const RateStage& r, const StageShift& to) {
    alignas(64) double next[kBlock];
    PhaseSums sums;
    blocks(r.n, [&](std::size_t b, std::size_t values, std::size_t room) {
        const double* __restrict theta = r.theta + b;
        const double* __restrict rate = r.rate + b;
        double* __restrict sum = r.sum + b;
        double* __restrict y = next;
        const double kept = to.first ? 0.0 : 1.0;
        const double weight = to.first ? 1.0 : to.weight;
        const double shift = to.shift;
        for (std::size_t i = 0; i < room; ++i) {
            y[i] = theta[i] + shift * rate[i];
            sum[i] = kept * sum[i] + weight * rate[i];
        }
        asm volatile("" : : : "memory");
        sines_and_cosines(next, r.sin + b, r.cos + b, room);
        add_to(sums, r.sin + b, r.cos + b, values);
    });
    return sums;
}

void rate_finish(double* theta, const double* sum, const double* rate, std::size_t n, double by) {
    double* __restrict to = theta;
    const std::size_t room = whole_vectors(n);
    for (std::size_t i = 0; i < room; ++i) {
        to[i] += by * (sum[i] + rate[i]);
    }
}

void dense_rate(const double* matrix, const Oscillators& o) {
    dense_rows<false>(matrix, nullptr, o);
}

void dense_alpha_rate(const double* with_cos, const double* with_sin, const Oscillators& o) {
    dense_rows<true>(with_cos, with_sin, o);
}

void sparse_rate(const SparseRows& rows, const Oscillators& o) {
    const double* __restrict s = o.sin;
    const double* __restrict c = o.cos;
    for (std::size_t i = 0; i < o.n; ++i) {
        double of_sin = 0, of_cos = 0;
        for (std::uint64_t e = rows.row_begin[i]; e < rows.row_begin[i + 1]; ++e) {
            of_sin += rows.weight[e] * s[rows.column[e]];
            of_cos += rows.weight[e] * c[rows.column[e]];
        }
        o.rate[i] = o.omega[i] + c[i] * of_sin - s[i] * of_cos;
    }
}

struct Pull {
    double sin[kLanes], cos[kLanes];
};

#if !defined(__FMA__)

// The sines and cosines of phase(cell, lane, pulls), as many at a time as stay in the first cache.
template <class Phase>
void replica_sines(const ReplicaBlock& r, const Pull& pull, Phase phase) {
    constexpr std::size_t kCells = kBlock / kLanes;
    alignas(64) double next[kBlock], s[kBlock], c[kBlock];
    for (std::size_t begin = 0; begin < r.n; begin += kCells) {
        const std::size_t count = r.n - begin < kCells ? r.n - begin : kCells;
        ReplicaCell* const cells = r.cells + begin;
        for (std::size_t i = 0; i < count * kLanes; ++i) {
            const std::size_t l = i % kLanes;
            next[i] = phase(cells[i / kLanes], l, pull.sin[l], pull.cos[l]);
        }
        asm volatile("" : : : "memory");
        sines_and_cosines(next, s, c, count * kLanes);
        for (std::size_t i = 0; i < count * kLanes; ++i) {
            cells[i / kLanes].sin[i % kLanes] = s[i];
            cells[i / kLanes].cos[i % kLanes] = c[i];
        }
    }
}

#endif

// The sines and cosines of phase(cell, lane, pulls), and what they pull with: with fused
// multiply-adds in one pass of each vector of replicas, so that the next vector's sines are
// computed while the sums of the last are not ready.
template <class Phase>
void replica_pass(const ReplicaBlock& r, Pull& pull, Phase phase) {
#if !defined(__FMA__)
    replica_sines(r, pull, phase);
#endif
    for (std::size_t lane = 0; lane < kLanes; lane += kVector) {
        double of_sin[kVector] = {}, of_cos[kVector] = {};
#if defined(__FMA__)
        double p[kVector], q[kVector];
        for (std::size_t l = 0; l < kVector; ++l) {
            p[l] = pull.sin[lane + l];
            q[l] = pull.cos[lane + l];
        }
#endif
        for (std::size_t i = 0; i < r.n; ++i) {
            ReplicaCell& cell = r.cells[i];
            for (std::size_t l = 0; l < kVector; ++l) {
                const std::size_t at = lane + l;
#if defined(__FMA__)
                double sine, cosine;
                sine_cosine(phase(cell, at, p[l], q[l]), sine, cosine);
                cell.sin[at] = sine;
                cell.cos[at] = cosine;
#endif
                of_sin[l] += cell.sin[at];
                of_cos[l] += cell.cos[at];
            }
        }
        for (std::size_t l = 0; l < kVector; ++l) {
            pull.sin[lane + l] = r.coupling[lane + l] * of_sin[l];
            pull.cos[lane + l] = r.coupling[lane + l] * of_cos[l];
        }
    }
}

double turned_by(const ReplicaCell& cell, std::size_t at, double p, double q) {
    return cell.turn[at] + p * cell.cos[at] - q * cell.sin[at];
}

template <Stage S>
void replica_stage(const ReplicaBlock& r, Pull& pull) {
    replica_pass(r, pull, [](ReplicaCell& cell, std::size_t at, double p, double q) {
        return cell.theta[at] + stage_shift<S>(turned_by(cell, at, p, q), cell.sum[at]);
    });
}

void replica_steps(const ReplicaBlock& r, std::uint64_t count) {
    alignas(64) Pull pull = {};
    replica_pass(r, pull, [](const ReplicaCell& cell, std::size_t at, double, double) {
        return cell.theta[at];
    });
    for (std::uint64_t step = 0; step < count; ++step) {
        replica_stage<Stage::first>(r, pull);
        replica_stage<Stage::second>(r, pull);
        replica_stage<Stage::third>(r, pull);
        replica_pass(r, pull, [](ReplicaCell& cell, std::size_t at, double p, double q) {
            return cell.theta[at] += kThird * (cell.sum[at] + turned_by(cell, at, p, q));
        });
    }
}

void combine(const Combination& of, double* out) {
    blocks(of.n, [&](std::size_t b, std::size_t, std::size_t room) {
        double* __restrict to = out + b;
        const double* __restrict theta = of.theta + b;
        for (std::size_t i = 0; i < room; ++i) {
            to[i] = theta[i];
        }
        for (std::size_t m = 0; m < of.count; ++m) {
            const double* __restrict rate = of.rates[m] + b;
            const double weight = of.weights[m];
            for (std::size_t i = 0; i < room; ++i) {
                to[i] += weight * rate[i];
            }
        }
    });
}

double squares(const Combination& of) {
    alignas(64) double block[kBlock];
    double total = 0;
    blocks(of.n, [&](std::size_t b, std::size_t values, std::size_t room) {
        for (std::size_t i = 0; i < room; ++i) {
            block[i] = 0;
        }
        for (std::size_t m = 0; m < of.count; ++m) {
            const double* __restrict rate = of.rates[m] + b;
            const double weight = of.weights[m];
            for (std::size_t i = 0; i < room; ++i) {
                block[i] += weight * rate[i];
            }
        }
        double sum = 0;
        for (std::size_t i = 0; i < values; ++i) {
            sum += block[i] * block[i];
        }
        total += sum;
    });
    return total;
}

constexpr PhaseLoops kLoops{sincos_of,
                            field_step,
                            field_rate,
                            rate_stage,
                            rate_finish,
                            dense_rate,
                            dense_alpha_rate,
                            sparse_rate,
                            replica_steps,
                            combine,
                            squares};

} // namespace

const PhaseLoops& phase_loops() noexcept {
    return kLoops;
}

} // namespace assay::kuramoto::ASSAY_ISA_LEVEL
