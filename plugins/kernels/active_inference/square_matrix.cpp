#include "active_inference/square_matrix.hpp"

#include <Eigen/Dense>

namespace assay::active_inference {

namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

} // namespace

void multiply(std::size_t n, const double* left, const double* right, double* out) {
    const auto size = static_cast<Eigen::Index>(n);
    const Eigen::Map<const RowMajor> a(left, size, size);
    const Eigen::Map<const RowMajor> b(right, size, size);
    Eigen::Map<RowMajor>(out, size, size).noalias() = a * b;
}

// Written out instead of an Eigen reduction: Eigen begins a vectorised sum at the first aligned
// element, so its order of additions, and with it the last bit, depends on the address of the
// matrix. Here a row is always added up from left to right.
void smoothing_transpose(std::size_t n, const double* matrix, double* out) noexcept {
    for (std::size_t row = 0; row < n; ++row) {
        const double* entries = matrix + row * n;
        double sum = 0;
        for (std::size_t column = 0; column < n; ++column) {
            sum += entries[column] + kProbabilityFloor;
        }
        for (std::size_t column = 0; column < n; ++column) {
            out[column * n + row] = (entries[column] + kProbabilityFloor) / sum;
        }
    }
}

} // namespace assay::active_inference
