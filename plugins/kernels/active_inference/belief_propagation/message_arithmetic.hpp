// The two ways to calculate with messages: as probabilities, or as their logarithms. Message
// passing is written once, over these.
//
//   Linear::product(a, b)         a * b           Logarithmic::product(a, b)         a + b
//   Linear::contract(...)         sum of a * b    Logarithmic::contract(...)         log-sum-exp
//
// Linear is the faster by far; a probability below 1e-308 is zero there. Logarithmic keeps ratios
// of any size. Pure functions.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace assay::active_inference {

// A table seen as [outer][summed][inner]: the middle axis is summed out.
struct SummedAxis {
    std::size_t outer = 1, summed = 1, inner = 1;
};

struct Linear {
    static constexpr double kOne = 1.0;
    static constexpr double kZero = 0.0;

    static double product(double a, double b) noexcept { return a * b; }

    static double quotient(double a, double b) noexcept { return a / b; }

    static double from_share(double share) noexcept { return share; }

    static double share(double value) noexcept { return value; }

    // out[o][i] = sum over k of table[o][k][i] * message[k]; rows are contiguous.
    static void contract(const double* __restrict table,
                         const double* __restrict message,
                         SummedAxis shape,
                         double* __restrict out) noexcept {
        for (std::size_t o = 0; o < shape.outer; ++o, out += shape.inner) {
            std::fill(out, out + shape.inner, 0.0);
            for (std::size_t k = 0; k < shape.summed; ++k, table += shape.inner) {
                const double weight = message[k];
                for (std::size_t i = 0; i < shape.inner; ++i) {
                    out[i] += table[i] * weight;
                }
            }
        }
    }

    static double sum(const double* values, std::size_t count) noexcept {
        double total = 0;
        for (std::size_t i = 0; i < count; ++i) {
            total += values[i];
        }
        return total;
    }

    static void divide(double* values, std::size_t count, double total) noexcept {
        const double inverse = 1 / total;
        for (std::size_t i = 0; i < count; ++i) {
            values[i] *= inverse;
        }
    }

    static double logarithm(double value) noexcept { return std::log(value); }

    // Below this a sum may have lost bits to underflow, or be a contradiction: it is computed again
    // with care. A state that underflowed while the sum did not weighs less than 1e-100 of it.
    static bool needs_care(double total) noexcept { return !(total > 1e-200); }

    static double mix(double fresh, double old, double damping) noexcept {
        return (1 - damping) * fresh + damping * old;
    }
};

struct Logarithmic {
    static constexpr double kOne = 0.0;
    static constexpr double kZero = -std::numeric_limits<double>::infinity();

    static double product(double a, double b) noexcept { return a + b; }

    static double quotient(double a, double b) noexcept { return a - b; }

    static double from_share(double share) noexcept { return std::log(share); }

    static double share(double value) noexcept { return std::exp(value); }

    static void
    contract(const double* table, const double* message, SummedAxis shape, double* out) noexcept {
        for (std::size_t o = 0; o < shape.outer; ++o) {
            for (std::size_t i = 0; i < shape.inner; ++i) {
                const double* column = table + o * shape.summed * shape.inner + i;
                double largest = kZero;
                for (std::size_t k = 0; k < shape.summed; ++k) {
                    largest = std::max(largest, column[k * shape.inner] + message[k]);
                }
                double total = 0;
                for (std::size_t k = 0; k < shape.summed && largest != kZero; ++k) {
                    total += std::exp(column[k * shape.inner] + message[k] - largest);
                }
                *out++ = largest == kZero ? kZero : largest + std::log(total);
            }
        }
    }

    static double sum(const double* values, std::size_t count) noexcept {
        const double largest = *std::max_element(values, values + count);
        double total = 0;
        for (std::size_t i = 0; i < count && largest != kZero; ++i) {
            total += std::exp(values[i] - largest);
        }
        return largest == kZero ? kZero : largest + std::log(total);
    }

    static void divide(double* values, std::size_t count, double total) noexcept {
        for (std::size_t i = 0; i < count; ++i) {
            values[i] -= total;
        }
    }

    static double logarithm(double value) noexcept { return value; }

    static bool needs_care(double total) noexcept { return !(total > kZero); }

    // The geometric mean: the arithmetic one of the logarithms. An impossible state stays one.
    static double mix(double fresh, double old, double damping) noexcept {
        return (1 - damping) * fresh + damping * old;
    }
};

} // namespace assay::active_inference
