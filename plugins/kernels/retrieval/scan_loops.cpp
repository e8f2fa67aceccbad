// Compiled once for each level (AssayIsaLevels.cmake), so nothing inline of another header may be
// used here: the linker would keep one copy of it, perhaps that of a level the processor lacks.
//
// Vectors of GCC and clang, as wide as the level has them; loads are of any alignment. Four sums
// side by side hide the latency of an addition.
#include "scan_loops.hpp"

namespace assay::retrieval::ASSAY_ISA_LEVEL {
namespace {

#if defined(__AVX512F__)
constexpr std::size_t kWidth = 16;
#elif defined(__AVX__)
constexpr std::size_t kWidth = 8;
#else
constexpr std::size_t kWidth = 4;
#endif

typedef float Wide __attribute__((vector_size(kWidth * sizeof(float))));
typedef float Loaded
    __attribute__((vector_size(kWidth * sizeof(float)), aligned(sizeof(float)), may_alias));

const Loaded& load(const float* from) {
    return *reinterpret_cast<const Loaded*>(from);
}

float total(const Wide& one, const Wide& two, const Wide& three, const Wide& four) {
    const Wide all = (one + two) + (three + four);
    float sum = 0;
    for (std::size_t lane = 0; lane < kWidth; ++lane) {
        sum += all[lane];
    }
    return sum;
}

float dot(const float* one, const float* other, std::size_t dimension) {
    Wide a{}, b{}, c{}, d{};
    std::size_t i = 0;
    for (; i + 4 * kWidth <= dimension; i += 4 * kWidth) {
        a += load(one + i) * load(other + i);
        b += load(one + i + kWidth) * load(other + i + kWidth);
        c += load(one + i + 2 * kWidth) * load(other + i + 2 * kWidth);
        d += load(one + i + 3 * kWidth) * load(other + i + 3 * kWidth);
    }
    for (; i + kWidth <= dimension; i += kWidth) {
        a += load(one + i) * load(other + i);
    }
    float rest = 0;
    for (; i < dimension; ++i) {
        rest += one[i] * other[i];
    }
    return total(a, b, c, d) + rest;
}

void dots(
    const float* rows, std::size_t count, std::size_t stride, const float* query, float* out) {
    for (std::size_t row = 0; row < count; ++row) {
        out[row] = dot(rows + row * stride, query, stride);
    }
}

// Left to the compiler, which widens bytes of a plain loop better than those of its own vectors.
void screen(const signed char* rows,
            std::size_t count,
            std::size_t stride,
            const float* __restrict query,
            float* __restrict out) {
    for (std::size_t row = 0; row < count; ++row) {
        const signed char* __restrict codes = rows + row * stride;
        float sum = 0;
        for (std::size_t i = 0; i < stride / kCodeMultiple * kCodeMultiple; ++i) {
            sum += static_cast<float>(codes[i]) * query[i];
        }
        out[row] = sum;
    }
}

} // namespace

const ScanLoops& scan_loops() noexcept {
    static constexpr ScanLoops kLoops{dots, screen, dot, kWidth == 4 ? 4096 : 512};
    return kLoops;
}

} // namespace assay::retrieval::ASSAY_ISA_LEVEL
