#include "bound_loops.hpp"

#include <math.h>

namespace kuramoto_speed::ASSAY_ISA_LEVEL {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kVector = 8;
constexpr std::size_t kSums = 4 * kVector; // enough that no addition waits for another

// A barrier between the loops: GCC 12 makes one scalar sincos of both otherwise.
void sines(const double* __restrict theta,
           double* __restrict s,
           double* __restrict c,
           std::size_t n) {
    for (std::size_t begin = 0; begin < n; begin += kBlock) {
        const std::size_t end = n - begin < kBlock ? n : begin + kBlock;
        for (std::size_t i = begin; i < end; ++i) {
            s[i] = sin(theta[i]);
        }
        asm volatile("" : : : "memory");
        for (std::size_t i = begin; i < end; ++i) {
            c[i] = cos(theta[i]);
        }
    }
}

double read(const double* values, std::size_t n) {
    double sums[kSums] = {};
    std::size_t i = 0;
    for (; i + kSums <= n; i += kSums) {
        for (std::size_t l = 0; l < kSums; ++l) {
            sums[l] += values[i + l];
        }
    }
    for (; i < n; ++i) {
        sums[i % kSums] += values[i];
    }
    double total = 0;
    for (const double sum : sums) {
        total += sum;
    }
    return total;
}

constexpr BoundLoops kLoops{sines, read};

} // namespace

const BoundLoops& bound_loops() noexcept {
    return kLoops;
}

} // namespace kuramoto_speed::ASSAY_ISA_LEVEL
