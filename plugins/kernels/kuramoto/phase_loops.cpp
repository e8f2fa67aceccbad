// Compiled once for each level (AssayIsaLevels.cmake), so nothing inline of another header may be
// used here: the linker would keep one copy of it, perhaps that of a level the processor lacks.
//
// Without fused multiply-adds, sines and cosines stand in loops of their own over blocks that stay
// in the first cache, with a barrier between: GCC 12 turns sin(x) and cos(x) of one loop into a
// scalar sincos, nine times as slow as two vector calls of libmvec.
#include "kuramoto/phase_loops.hpp"

#include "kuramoto/sine_cosine.hpp"

#include <math.h>

namespace assay::kuramoto::ASSAY_ISA_LEVEL {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kLanes = kReplicasTogether;

std::size_t whole_vectors(std::size_t n) {
    return (n + 7) / 8 * 8;
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

#if defined(__FMA__)

constexpr std::size_t kVector = 8;
constexpr std::size_t kAhead = 64; // what memory is asked for, before it is needed

// Phases 0 to n - 1 and the room behind them, phase(i, sine, cosine of what i was), and theirs into
// s and c: one pass, so that memory is read while the processor computes.
template <class Phase, class Ask>
PhaseSums
one_pass(std::size_t n, double* __restrict s, double* __restrict c, Phase phase, Ask ask) {
    double of_sin[kVector] = {}, of_cos[kVector] = {};
    const std::size_t room = whole_vectors(n);
    for (std::size_t at = 0; at < room; at += kVector) {
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
    PhaseSums sums;
    for (std::size_t l = 0; l < kVector; ++l) {
        sums.sin += of_sin[l];
        sums.cos += of_cos[l];
    }
    for (std::size_t i = n; i < room; ++i) {
        sums.sin -= s[i]; // nobody's
        sums.cos -= c[i];
    }
    return sums;
}

template <bool First>
PhaseSums field_pass(const FieldStage& f, const StageShift& to) {
    const double* __restrict theta = f.theta;
    const double* __restrict omega = f.omega;
    double* __restrict sum = f.sum;
    const double *s = f.sin, *c = f.cos;
    const double p = f.pull_sin, q = f.pull_cos, shift = to.shift, weight = to.weight;
    return one_pass(
        f.n,
        f.sin,
        f.cos,
        [=](std::size_t i, double sine, double cosine) {
            const double rate = omega[i] + p * cosine - q * sine;
            sum[i] = First ? rate : sum[i] + weight * rate;
            return theta[i] + shift * rate;
        },
        [=](std::size_t i) {
            __builtin_prefetch(theta + i);
            __builtin_prefetch(omega + i);
            __builtin_prefetch(s + i, 1);
            __builtin_prefetch(c + i, 1);
            __builtin_prefetch(sum + i, 1);
        });
}

PhaseSums field_stage(const FieldStage& f, const StageShift& to) {
    return to.first ? field_pass<true>(f, to) : field_pass<false>(f, to);
}

PhaseSums field_finish(const FieldFinish& f, double sixth_of_dt) {
    double* __restrict theta = f.theta;
    const double* __restrict omega = f.omega;
    const double* __restrict sum = f.sum;
    const double *s = f.sin, *c = f.cos;
    const double p = f.pull_sin, q = f.pull_cos;
    return one_pass(
        f.n,
        f.sin,
        f.cos,
        [=](std::size_t i, double sine, double cosine) {
            theta[i] += sixth_of_dt * (sum[i] + omega[i] + p * cosine - q * sine);
            return theta[i];
        },
        [=](std::size_t i) {
            __builtin_prefetch(theta + i, 1);
            __builtin_prefetch(omega + i);
            __builtin_prefetch(s + i, 1);
            __builtin_prefetch(c + i, 1);
            __builtin_prefetch(sum + i);
        });
}

#else

PhaseSums field_stage(const FieldStage& f, const StageShift& to) {
    alignas(64) double next[kBlock];
    PhaseSums sums;
    blocks(f.n, [&](std::size_t b, std::size_t values, std::size_t room) {
        const double* __restrict theta = f.theta + b;
        const double* __restrict omega = f.omega + b;
        double* __restrict s = f.sin + b;
        double* __restrict c = f.cos + b;
        double* __restrict sum = f.sum + b;
        double* __restrict y = next;
        const double p = f.pull_sin, q = f.pull_cos, shift = to.shift, weight = to.weight;
        if (to.first) {
            for (std::size_t i = 0; i < room; ++i) {
                const double rate = omega[i] + p * c[i] - q * s[i];
                y[i] = theta[i] + shift * rate;
                sum[i] = rate;
            }
        } else {
            for (std::size_t i = 0; i < room; ++i) {
                const double rate = omega[i] + p * c[i] - q * s[i];
                y[i] = theta[i] + shift * rate;
                sum[i] += weight * rate;
            }
        }
        asm volatile("" : : : "memory");
        sines_and_cosines(next, s, c, room);
        add_to(sums, s, c, values);
    });
    return sums;
}

PhaseSums field_finish(const FieldFinish& f, double sixth_of_dt) {
    double* __restrict theta = f.theta;
    const double* __restrict omega = f.omega;
    const double* __restrict s = f.sin;
    const double* __restrict c = f.cos;
    const double* __restrict sum = f.sum;
    const std::size_t room = whole_vectors(f.n);
    for (std::size_t i = 0; i < room; ++i) {
        theta[i] += sixth_of_dt * (sum[i] + omega[i] + f.pull_sin * c[i] - f.pull_cos * s[i]);
    }
    return sincos_of(f.theta, f.sin, f.cos, f.n);
}

#endif

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

// Four rows at a time: each load of a sine or cosine serves four products.
void dense_rate(const double* matrix, const Oscillators& o) {
    const std::size_t room = whole_vectors(o.n);
    const double* __restrict s = o.sin;
    const double* __restrict c = o.cos;
    std::size_t i = 0;
    for (; i + 4 <= o.n; i += 4) {
        const double* __restrict k0 = matrix + i * room;
        const double* __restrict k1 = k0 + room;
        const double* __restrict k2 = k1 + room;
        const double* __restrict k3 = k2 + room;
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, c0 = 0, c1 = 0, c2 = 0, c3 = 0;
        for (std::size_t j = 0; j < room; ++j) {
            s0 += k0[j] * s[j];
            s1 += k1[j] * s[j];
            s2 += k2[j] * s[j];
            s3 += k3[j] * s[j];
            c0 += k0[j] * c[j];
            c1 += k1[j] * c[j];
            c2 += k2[j] * c[j];
            c3 += k3[j] * c[j];
        }
        o.rate[i] = o.omega[i] + c[i] * s0 - s[i] * c0;
        o.rate[i + 1] = o.omega[i + 1] + c[i + 1] * s1 - s[i + 1] * c1;
        o.rate[i + 2] = o.omega[i + 2] + c[i + 2] * s2 - s[i + 2] * c2;
        o.rate[i + 3] = o.omega[i + 3] + c[i + 3] * s3 - s[i + 3] * c3;
    }
    for (; i < o.n; ++i) {
        const double* __restrict k = matrix + i * room;
        double of_sin = 0, of_cos = 0;
        for (std::size_t j = 0; j < room; ++j) {
            of_sin += k[j] * s[j];
            of_cos += k[j] * c[j];
        }
        o.rate[i] = o.omega[i] + c[i] * of_sin - s[i] * of_cos;
    }
}

void dense_alpha_rate(const double* with_cos, const double* with_sin, const Oscillators& o) {
    const std::size_t room = whole_vectors(o.n);
    const double* __restrict s = o.sin;
    const double* __restrict c = o.cos;
    for (std::size_t i = 0; i < o.n; ++i) {
        const double* __restrict a = with_cos + i * room;
        const double* __restrict b = with_sin + i * room;
        double as = 0, ac = 0, bs = 0, bc = 0;
        for (std::size_t j = 0; j < room; ++j) {
            as += a[j] * s[j];
            ac += a[j] * c[j];
            bs += b[j] * s[j];
            bc += b[j] * c[j];
        }
        o.rate[i] = o.omega[i] + c[i] * (as - bc) - s[i] * (ac + bs);
    }
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

// The sines and cosines of phase(at, lane, sine, cosine of what was there), and what they pull
// with: with fused multiply-adds in one pass.
template <class Phase>
void replica_pass(const ReplicaBlock& r, Pull& pull, Phase phase) {
    double of_sin[kLanes] = {}, of_cos[kLanes] = {};
    double* __restrict s = r.sin;
    double* __restrict c = r.cos;
#if !defined(__FMA__)
    for (std::size_t at = 0; at < r.n * kLanes; ++at) {
        r.phase[at] = phase(at, at % kLanes, s[at], c[at]);
    }
    asm volatile("" : : : "memory");
    sines_and_cosines(r.phase, s, c, r.n * kLanes);
#endif
    for (std::size_t i = 0; i < r.n; ++i) {
        for (std::size_t l = 0; l < kLanes; ++l) {
            const std::size_t at = i * kLanes + l;
#if defined(__FMA__)
            double sine, cosine;
            sine_cosine(phase(at, l, s[at], c[at]), sine, cosine);
            s[at] = sine;
            c[at] = cosine;
            of_sin[l] += sine;
            of_cos[l] += cosine;
#else
            of_sin[l] += s[at];
            of_cos[l] += c[at];
#endif
        }
    }
    for (std::size_t l = 0; l < kLanes; ++l) {
        pull.sin[l] = r.coupling[l] * of_sin[l];
        pull.cos[l] = r.coupling[l] * of_cos[l];
    }
}

template <bool First>
void replica_stage(const ReplicaBlock& r, Pull& pull, double shift, double weight) {
    const Pull old = pull;
    const double* __restrict theta = r.theta;
    const double* __restrict omega = r.omega;
    double* __restrict sum = r.sum;
    replica_pass(r, pull, [&](std::size_t at, std::size_t l, double sine, double cosine) {
        const double rate = omega[at] + old.sin[l] * cosine - old.cos[l] * sine;
        sum[at] = First ? rate : sum[at] + weight * rate;
        return theta[at] + shift * rate;
    });
}

void replica_steps(const ReplicaBlock& r, double dt, std::uint64_t count) {
    alignas(64) Pull pull;
    double* __restrict theta = r.theta;
    const double* __restrict omega = r.omega;
    const double* __restrict sum = r.sum;
    replica_pass(r, pull, [=](std::size_t at, std::size_t, double, double) { return theta[at]; });
    for (std::uint64_t step = 0; step < count; ++step) {
        replica_stage<true>(r, pull, dt / 2, 1);
        replica_stage<false>(r, pull, dt / 2, 2);
        replica_stage<false>(r, pull, dt, 2);
        const Pull old = pull;
        const double sixth_of_dt = dt / 6;
        replica_pass(r, pull, [&](std::size_t at, std::size_t l, double sine, double cosine) {
            const double rate = omega[at] + old.sin[l] * cosine - old.cos[l] * sine;
            return theta[at] += sixth_of_dt * (sum[at] + rate);
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
                            field_stage,
                            field_finish,
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
