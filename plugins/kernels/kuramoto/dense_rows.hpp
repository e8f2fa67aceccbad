// Rows of a dense coupling matrix with the sines and cosines of all oscillators, several rows at a
// time. For files that are compiled once for each level of the processor (AssayIsaLevels.cmake).
//
//   dense_rows<false>(matrix, nullptr, oscillators);
//
// What counts is that sums stay in registers (six rows are twelve sums), that each load of a sine
// or cosine serves six products, and that a strength is loaded once. Vectors are named as such, for
// GCC 12 keeps arrays of sums in memory.
#pragma once

#include "kuramoto/phase_loops.hpp"

namespace assay::kuramoto::ASSAY_ISA_LEVEL {
namespace {

#if defined(__AVX512F__)
using Vector = double __attribute__((vector_size(64)));
#elif defined(__AVX__)
using Vector = double __attribute__((vector_size(32)));
#else
using Vector = double __attribute__((vector_size(16)));
#endif

constexpr std::size_t kWide = sizeof(Vector) / sizeof(double);
constexpr std::size_t kRowsTogether = 6;

inline Vector vector_at(const double* values) {
    return *reinterpret_cast<const Vector*>(values);
}

// Halves onto each other; adding one number after the other would take longer than a short row.
inline double total_of(Vector values) {
    double parts[kWide];
    *reinterpret_cast<Vector*>(parts) = values;
    for (std::size_t half = kWide / 2; half > 0; half /= 2) {
        for (std::size_t l = 0; l < half; ++l) {
            parts[l] += parts[l + half];
        }
    }
    return parts[0];
}

// Of rows `i` to i + Rows - 1: with `lagged`, the matrix times the sines of the lags, where
// `matrix` is the one times their cosines.
template <std::size_t Rows, bool Lagged>
void rates_of_rows(const double* matrix,
                   const double* lagged,
                   const Oscillators& o,
                   std::size_t i,
                   std::size_t room) {
    const double* __restrict k = matrix + i * room;
    const double* __restrict lag = Lagged ? lagged + i * room : nullptr;
    Vector of_sin[Rows] = {}, of_cos[Rows] = {};
    for (std::size_t j = 0; j < room; j += kWide) {
        const Vector s = vector_at(o.sin + j), c = vector_at(o.cos + j);
#pragma GCC unroll 6
        for (std::size_t row = 0; row < Rows; ++row) {
            Vector strength = vector_at(k + row * room + j);
            asm("" : "+v"(strength)); // loaded once, not for each product
            of_sin[row] += strength * s;
            of_cos[row] += strength * c;
            if constexpr (Lagged) {
                const Vector turned = vector_at(lag + row * room + j);
                of_sin[row] -= turned * c;
                of_cos[row] += turned * s;
            }
        }
    }
#pragma GCC unroll 6
    for (std::size_t row = 0; row < Rows; ++row) {
        const std::size_t at = i + row;
        o.rate[at] = o.omega[at] + total_of(o.cos[at] * of_sin[row] - o.sin[at] * of_cos[row]);
    }
}

template <bool Lagged>
void dense_rows(const double* matrix, const double* lagged, const Oscillators& o) {
    const std::size_t room = (o.n + 7) / 8 * 8;
    std::size_t i = 0;
    for (; i + kRowsTogether <= o.n; i += kRowsTogether) {
        rates_of_rows<kRowsTogether, Lagged>(matrix, lagged, o, i, room);
    }
    for (; i + 2 <= o.n; i += 2) {
        rates_of_rows<2, Lagged>(matrix, lagged, o, i, room);
    }
    for (; i < o.n; ++i) {
        rates_of_rows<1, Lagged>(matrix, lagged, o, i, room);
    }
}

} // namespace
} // namespace assay::kuramoto::ASSAY_ISA_LEVEL
