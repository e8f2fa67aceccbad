// The transforms of an n x n field by rows and by columns, some at a time: what a step does to
// points happens while a few rows are in the nearest cache, what it does to modes while a few
// columns are. A step walks through its memory twice then, where whole transforms and passes
// between them do so five times, and rows that are a line apart more than a power of two do not
// fall on each other.
//
//   RowColumnTransform<double> transform(n, plans);
//   transform.put(field);
//   for (std::size_t b = 0; b < transform.blocks(); ++b) {
//       transform.take_rows(b);                       // points() has some whole rows of the field
//       transform.rows_to_modes(b);                   // ... of which it is now the modes along x
//   }
//   for (std::size_t b = 0; b < transform.blocks(); ++b) {
//       transform.columns_to_modes(b, modes);         // n x together() modes of the field
//       transform.columns_from_modes(b, modes);       // and back; not normalised
//   }
//   ... transform.rows_to_points(b); transform.keep_rows(b); ... transform.get(field);
//
// Modes of all columns together are the blocks one behind the other: mode (i, j) is at
// ((j / w) n + i) w + j % w, w = together(). One thread at a time.
#pragma once

#include "fourier_pair.hpp"

namespace assay::cgl {

template <class Real>
class RowColumnTransform {
public:
    using Complex = std::complex<Real>;

    // n even. `plans.threads` is not looked at: what is transformed at once is small. Throws
    // assay::unavailable where FFTW makes no plan.
    RowColumnTransform(std::size_t n, const PlanOptions& plans);
    ~RowColumnTransform();
    RowColumnTransform(const RowColumnTransform&) = delete;
    RowColumnTransform& operator=(const RowColumnTransform&) = delete;

    // Rows or columns of a block.
    [[nodiscard]] std::size_t together() const noexcept { return together_; }

    // Of rows, and as many of columns.
    [[nodiscard]] std::size_t blocks() const noexcept { return n_ / together_; }

    // n x n values, row by row, that are kept as they are.
    void put(std::span<const std::complex<double>> field) noexcept;
    void get(std::span<std::complex<double>> field) const noexcept;
    [[nodiscard]] bool is_finite() const noexcept;

    // together() x n values, row by row: of the block that was taken or transformed last.
    [[nodiscard]] std::span<Complex> points() const noexcept { return points_.values(); }

    // A block of the field into points(), as it is and transformed back along its rows.
    void take_rows(std::size_t block) noexcept;
    void rows_to_points(std::size_t block) noexcept;
    // points() into the field, as they are and transformed along the rows.
    void keep_rows(std::size_t block) noexcept;
    void rows_to_modes(std::size_t block) noexcept;

    // n x together() modes, aligned as a FieldBuffer is. They stay as they are.
    void columns_to_modes(std::size_t block, Complex* modes) noexcept;
    void columns_from_modes(std::size_t block, const Complex* modes) noexcept;

private:
    [[nodiscard]] Complex* row(std::size_t i) const noexcept { return field_.data() + i * stride_; }

    struct Plans;
    std::unique_ptr<Plans> plans_;
    std::size_t n_, together_, stride_;
    FieldBuffer<Real> field_, points_;
};

extern template class RowColumnTransform<double>;
extern template class RowColumnTransform<float>;

} // namespace assay::cgl
