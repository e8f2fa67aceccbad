#include "active_inference/square_matrix.hpp"

#include <Eigen/Dense>

namespace assay::active_inference {

namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Normalises `Rows` neighbouring rows into as many columns of `out`: transposes them first, so that
// the entries of all rows in one column are neighbours in memory and are worked on at once.
template <int Rows>
void smooth_rows(std::size_t n, const double* rows, double* out) noexcept {
    using Values = Eigen::Array<double, Rows, 1>;
    using Column = Eigen::Map<const Values, Eigen::Unaligned, Eigen::InnerStride<>>;
    const Eigen::InnerStride<> stride(static_cast<Eigen::Index>(n));
    Values sum = Values::Zero();
    for (std::size_t column = 0; column < n; ++column) {
        const Values entries = Column(rows + column, stride) + kProbabilityFloor;
        Eigen::Map<Values>(out + column * n) = entries;
        sum += entries;
    }
    const Values share = sum.inverse();
    for (std::size_t column = 0; column < n; ++column) {
        Eigen::Map<Values>(out + column * n) *= share;
    }
}

} // namespace

void multiply(std::size_t n, const double* left, const double* right, double* out) {
    const auto size = static_cast<Eigen::Index>(n);
    const Eigen::Map<const RowMajor> a(left, size, size);
    const Eigen::Map<const RowMajor> b(right, size, size);
    Eigen::Map<RowMajor>(out, size, size).noalias() = a * b;
}

// Written out instead of an Eigen reduction: Eigen begins a vectorised sum at the first aligned
// element, so its order of additions, and with it the last bit, depends on the address of the
// matrix. Here a row is always added up from left to right; rows are taken four at a time because
// one sum alone waits for the latency of every addition (measured: 2.5 times as long).
void smoothing_transpose(std::size_t n, const double* matrix, double* out) noexcept {
    constexpr std::size_t kRows = 4;
    std::size_t row = 0;
    for (; row + kRows <= n; row += kRows) {
        smooth_rows<static_cast<int>(kRows)>(n, matrix + row * n, out + row);
    }
    for (; row < n; ++row) {
        smooth_rows<1>(n, matrix + row * n, out + row);
    }
}

} // namespace assay::active_inference
