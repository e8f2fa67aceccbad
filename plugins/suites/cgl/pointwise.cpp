// Compiled once for each level of the processor, with -ffast-math (AssayIsaLevels.cmake): log, sin
// and cos become calls of libmvec where each has a loop of its own.
#include "pointwise.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay::cgl::ASSAY_ISA_LEVEL {
namespace {

constexpr std::size_t kBlock = 512; // points whose parts stay in the first-level cache

// GCC joins loops over sin and cos of one value into calls of the scalar sincos(), a tenth as fast.
template <class Real>
void keep_apart(Real* values) {
    __asm__ volatile("" : : "r"(values) : "memory");
}

template <class Real>
struct alignas(64) Block {
    std::array<Real, kBlock> norm, phase, sine, cosine;
};

// A by factor exp(i phase) of each point.
template <class Real>
void turn(Real* field, std::size_t count, Block<Real>& block) {
    keep_apart(block.phase.data());
    for (std::size_t j = 0; j < count; ++j) {
        block.sine[j] = std::sin(block.phase[j]);
    }
    keep_apart(block.sine.data());
    for (std::size_t j = 0; j < count; ++j) {
        block.cosine[j] = std::cos(block.phase[j]);
    }
    keep_apart(block.cosine.data());
    for (std::size_t j = 0; j < count; ++j) {
        const Real re = field[2 * j], im = field[2 * j + 1];
        const Real cosine = block.cosine[j] * block.norm[j], sine = block.sine[j] * block.norm[j];
        field[2 * j] = re * cosine - im * sine;
        field[2 * j + 1] = re * sine + im * cosine;
    }
}

// 1 / sqrt(x): two Newton steps on the estimate of single precision. Root and division of eight
// doubles cost as much as their sine and cosine.
inline double inverse_root(double x) {
    double y = static_cast<double>(1.0F / std::sqrt(static_cast<float>(x)));
    y *= 1.5 - 0.5 * x * y * y;
    return y * (1.5 - 0.5 * x * y * y);
}

inline float inverse_root(float x) {
    return 1.0F / std::sqrt(x);
}

// ---- the long way: any field ----

template <class Real>
void turn_only(Real* field, std::size_t count, Real turn_by, Block<Real>& block) {
    for (std::size_t j = 0; j < count; ++j) {
        const Real re = field[2 * j], im = field[2 * j + 1];
        block.phase[j] = turn_by * (re * re + im * im);
        block.norm[j] = 1;
    }
    turn(field, count, block);
}

template <class Real>
void shrink_and_turn(Real* field,
                     std::size_t count,
                     const CubicFlow<Real>& by,
                     Block<Real>& block) {
    const Real shrink = 2 * by.g * by.h, turn_by = -by.c2 / (2 * by.g);
    for (std::size_t j = 0; j < count; ++j) {
        const Real re = field[2 * j], im = field[2 * j + 1];
        block.norm[j] = 1 + shrink * (re * re + im * im);
    }
    keep_apart(block.norm.data());
    for (std::size_t j = 0; j < count; ++j) {
        block.phase[j] = turn_by * std::log(block.norm[j]);
    }
    keep_apart(block.phase.data());
    for (std::size_t j = 0; j < count; ++j) {
        block.norm[j] = inverse_root(block.norm[j]);
    }
    turn(field, count, block);
}

// ---- the short way: where the points of a block differ little, series take the place of libmvec
// ----

// Terms that reach the last digit for |t| <= kSpread of the logarithm and |x| <= kTurn of the
// others.
constexpr double kSpread = 1.0 / 12, kTurn = 0.5;

template <class Real>
struct Terms {
    static constexpr std::size_t log = 14, sine = 7, cosine = 8;
};

template <>
struct Terms<float> {
    static constexpr std::size_t log = 6, sine = 4, cosine = 5;
};

// Of ln(1 + t) / t: 1, -1/2, 1/3, ...
template <class Real>
constexpr auto kLogSeries = [] {
    std::array<Real, Terms<Real>::log> series{};
    for (std::size_t k = 0; k < series.size(); ++k) {
        series[k] = static_cast<Real>((k % 2 == 0 ? 1.0 : -1.0) / static_cast<double>(k + 1));
    }
    return series;
}();

// Of sin(x) / x (first = 1) and cos(x) (first = 0) in x^2: (-1)^k / (2k + first)!
template <class Real, std::size_t N, std::size_t First>
constexpr auto kTurnSeries = [] {
    std::array<Real, N> series{};
    double term = 1;
    for (std::size_t k = 0; k < N; ++k) {
        series[k] = static_cast<Real>(term);
        const std::size_t next = 2 * k + First;
        term = -term / static_cast<double>((next + 1) * (next + 2));
    }
    return series;
}();

template <class Real, std::size_t N>
Real sum_of(const std::array<Real, N>& series, Real x) {
    Real sum = series[N - 1];
    for (std::size_t k = N - 1; k-- > 0;) {
        sum = sum * x + series[k];
    }
    return sum;
}

// A by factor exp(i phase), |phase| <= kTurn.
template <class Real>
void turn_point(Real* point, Real factor, Real phase) {
    const Real square = phase * phase;
    const Real sine = factor * phase * sum_of(kTurnSeries<Real, Terms<Real>::sine, 1>, square);
    const Real cosine = factor * sum_of(kTurnSeries<Real, Terms<Real>::cosine, 0>, square);
    const Real re = point[0], im = point[1];
    point[0] = re * cosine - im * sine;
    point[1] = re * sine + im * cosine;
}

template <class Real>
struct Range {
    Real least, most;
};

template <class Real>
Range<Real> put_norms(const Real* field, std::size_t count, Real* norms) {
    Range<Real> range{field[0] * field[0] + field[1] * field[1], 0};
    for (std::size_t j = 0; j < count; ++j) {
        const Real re = field[2 * j], im = field[2 * j + 1];
        const Real norm = re * re + im * im;
        norms[j] = norm;
        range.least = std::min(range.least, norm);
        range.most = std::max(range.most, norm);
    }
    return range;
}

// s = 1 + shrink |A|^2 around the middle of the block: ln s = ln middle + ln(1 + t).
template <class Real>
void shrink_and_turn_little(
    Real* field, std::size_t count, Real shrink, Real turn_by, Range<Real> s, const Real* norms) {
    const Real middle = (s.least + s.most) / 2;
    const Real of_middle = std::log(middle), less = 1 / middle;
    for (std::size_t j = 0; j < count; ++j) {
        const Real at = 1 + shrink * norms[j];
        const Real t = (at - middle) * less;
        const Real logarithm = of_middle + t * sum_of(kLogSeries<Real>, t);
        turn_point(field + 2 * j, inverse_root(at), turn_by * logarithm);
    }
}

template <class Real>
void flow_of_block(Real* field, std::size_t count, const CubicFlow<Real>& by, Block<Real>& block) {
    const Range<Real> norms = put_norms(field, count, block.norm.data());
    if (by.g == 0) {
        const Real turn_by = -by.c2 * by.h;
        if (std::abs(turn_by) * norms.most <= Real(kTurn)) {
            for (std::size_t j = 0; j < count; ++j) {
                turn_point(field + 2 * j, Real(1), turn_by * block.norm[j]);
            }
        } else {
            turn_only(field, count, turn_by, block);
        }
        return;
    }
    const Real shrink = 2 * by.g * by.h, turn_by = -by.c2 / (2 * by.g);
    const Real one = 1 + shrink * norms.least, other = 1 + shrink * norms.most;
    const Range<Real> s{std::min(one, other), std::max(one, other)};
    const bool is_near = s.least > 0 && s.most - s.least <= Real(kSpread) * (s.most + s.least);
    if (is_near &&
        std::abs(turn_by) * std::max(std::abs(std::log(s.least)), std::abs(std::log(s.most))) <=
            Real(kTurn)) {
        shrink_and_turn_little(field, count, shrink, turn_by, s, block.norm.data());
    } else {
        shrink_and_turn(field, count, by, block);
    }
}

template <class Real>
void flow(std::complex<Real>* field, std::size_t count, const CubicFlow<Real>& by) {
    Block<Real> block;
    auto* const parts = reinterpret_cast<Real*>(field);
    for (std::size_t first = 0; first < count; first += kBlock) {
        flow_of_block(parts + 2 * first, std::min(kBlock, count - first), by, block);
    }
}

template <class Real>
void cubic(std::complex<Real>* field,
           std::size_t count,
           const CubicFlow<Real>& by,
           const std::complex<Real>* forcing) {
    auto* const parts = reinterpret_cast<Real*>(field);
    const Real g = by.g, c2 = by.c2;
    for (std::size_t j = 0; j < count; ++j) {
        const Real re = parts[2 * j], im = parts[2 * j + 1];
        const Real norm = re * re + im * im;
        parts[2 * j] = norm * (c2 * im - g * re);
        parts[2 * j + 1] = -norm * (c2 * re + g * im);
    }
    if (forcing != nullptr) {
        for (std::size_t j = 0; j < count; ++j) {
            field[j] += forcing[j];
        }
    }
}

template <class Real>
constexpr PointwisePasses<Real> kPasses{.flow = flow<Real>, .cubic = cubic<Real>};

} // namespace

template <class Real>
const PointwisePasses<Real>& passes_of_level() noexcept {
    return kPasses<Real>;
}

template const PointwisePasses<double>& passes_of_level<double>() noexcept;
template const PointwisePasses<float>& passes_of_level<float>() noexcept;

} // namespace assay::cgl::ASSAY_ISA_LEVEL
