// Eigen's product of matrices, compiled for one level of x86-64 into a library of its own.
#include <Eigen/Core>

#include <cstddef>

namespace {

template <class Real>
void product(const Real* rows, const Real* matrix, Real* out, std::ptrdiff_t n, std::ptrdiff_t d) {
    using Matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    Eigen::Map<Matrix>(out, n, 2 * d).noalias() =
        Eigen::Map<const Matrix>(rows, n, d) * Eigen::Map<const Matrix>(matrix, d, 2 * d);
}

} // namespace

// rows n x d, matrix d x 2d, out n x 2d, all by rows.
extern "C" __attribute__((visibility("default"))) void eigen_product_f64(
    const double* rows, const double* matrix, double* out, std::ptrdiff_t n, std::ptrdiff_t d) {
    product(rows, matrix, out, n, d);
}

extern "C" __attribute__((visibility("default"))) void eigen_product_f32(
    const float* rows, const float* matrix, float* out, std::ptrdiff_t n, std::ptrdiff_t d) {
    product(rows, matrix, out, n, d);
}
