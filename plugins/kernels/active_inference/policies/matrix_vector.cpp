#include "active_inference/policies/matrix_vector.hpp"

namespace assay::active_inference {
namespace {

constexpr std::size_t kLanes = 4;
using Lanes [[gnu::vector_size(kLanes * sizeof(double))]] = double;
// The same anywhere in an array of doubles.
using LanesInArray [[gnu::vector_size(kLanes * sizeof(double)), gnu::aligned(8), gnu::may_alias]] =
    double;

// As many rows at once as fit into the processor's registers: each entry of x is then loaded once
// for all of them, and no sum waits for itself.
template <std::size_t Rows>
[[gnu::always_inline]] inline void
multiply_rows(const double* matrix, std::size_t columns, const double* x, double* y) noexcept {
    Lanes sums[Rows] = {};
    std::size_t column = 0;
    for (; column + kLanes <= columns; column += kLanes) {
        const Lanes factors = *reinterpret_cast<const LanesInArray*>(x + column);
        for (std::size_t row = 0; row < Rows; ++row) {
            sums[row] +=
                *reinterpret_cast<const LanesInArray*>(matrix + row * columns + column) * factors;
        }
    }
    for (std::size_t row = 0; row < Rows; ++row) {
        double sum = (sums[row][0] + sums[row][1]) + (sums[row][2] + sums[row][3]);
        for (std::size_t rest = column; rest < columns; ++rest) {
            sum += matrix[row * columns + rest] * x[rest];
        }
        y[row] = sum;
    }
}

} // namespace

// Once more for processors with wider vectors, chosen when the program starts: the four partial
// sums are the same sums wherever they are kept.
#if defined(__x86_64__)
[[gnu::target_clones("avx2", "default")]]
#endif
void multiply(const double* matrix,
              std::size_t rows,
              std::size_t columns,
              const double* x,
              double* y) noexcept {
    constexpr std::size_t kRows = 5;
    std::size_t row = 0;
    for (; row + kRows <= rows; row += kRows) {
        multiply_rows<kRows>(matrix + row * columns, columns, x, y + row);
    }
    for (; row < rows; ++row) {
        multiply_rows<1>(matrix + row * columns, columns, x, y + row);
    }
}

double dot(std::span<const double> x, std::span<const double> y) noexcept {
    double sum = 0;
    multiply_rows<1>(x.data(), x.size(), y.data(), &sum);
    return sum;
}

} // namespace assay::active_inference
