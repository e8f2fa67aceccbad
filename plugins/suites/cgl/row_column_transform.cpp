#include "row_column_transform.hpp"

#include "fftw_functions.hpp"
#include "field_values.hpp"

#include <assay/errors.hpp>

#include <algorithm>
#include <string>

namespace assay::cgl {
namespace {

constexpr std::size_t kLineBytes = 64;

// What is transformed at once: stays in the nearest cache from one transform to the other, and
// fills the vectors of the processor.
constexpr std::size_t kBlockBytes = 16384, kLinesLeast = 4, kLinesMost = 16;

// Lines of n values: an even divisor of n, for two values of single precision are as aligned as
// FFTW wants them.
template <class Real>
std::size_t lines_together(std::size_t n) {
    const std::size_t most =
        std::clamp(kBlockBytes / sizeof(std::complex<Real>) / n, kLinesLeast, kLinesMost);
    std::size_t found = 2;
    for (std::size_t i = 2; i <= most; i += 2) {
        found = n % i == 0 ? i : found;
    }
    return found;
}

} // namespace

template <class Real>
struct RowColumnTransform<Real>::Plans {
    FftwPlan<Real> to_points, to_row_modes, to_modes, from_modes;
};

template <class Real>
RowColumnTransform<Real>::RowColumnTransform(std::size_t n, const PlanOptions& plans)
    : plans_(std::make_unique<Plans>())
    , n_(n)
    , together_(lines_together<Real>(n))
    , stride_(n + kLineBytes / sizeof(Complex))
    , field_(n * stride_)
    , points_(together_ * n) {
    FieldBuffer<Real> modes(n * together_); // measuring writes into them

    struct Lines {
        Complex* at;
        std::size_t stride, distance; // of the values of one, of one from the next
    };

    const auto plan = [&](std::size_t count, const Lines& in, const Lines& out, int sign) {
        const int size = static_cast<int>(n);
        return FftwPlan<Real>(Fftw<Real>::plan_many(1,
                                                    &size,
                                                    static_cast<int>(count),
                                                    as_fftw<Real>(in.at),
                                                    nullptr,
                                                    static_cast<int>(in.stride),
                                                    static_cast<int>(in.distance),
                                                    as_fftw<Real>(out.at),
                                                    nullptr,
                                                    static_cast<int>(out.stride),
                                                    static_cast<int>(out.distance),
                                                    sign,
                                                    fftw_flags(plans.effort)));
    };
    const Lines rows{field_.data(), 1, stride_}, points{points_.data(), 1, n};
    const Lines columns{field_.data(), stride_, 1}, block{modes.data(), together_, 1};
    {
        const std::lock_guard<std::mutex> lock(fftw_planner());
        plans_->to_points = plan(together_, rows, points, FFTW_BACKWARD);
        plans_->to_row_modes = plan(together_, points, rows, FFTW_FORWARD);
        plans_->to_modes = plan(together_, columns, block, FFTW_FORWARD);
        plans_->from_modes = plan(together_, block, columns, FFTW_BACKWARD);
    }
    for (const FftwPlan<Real>* made :
         {&plans_->to_points, &plans_->to_row_modes, &plans_->to_modes, &plans_->from_modes}) {
        if (!*made) {
            throw assay::unavailable("FFTW makes no plan for lines of " + std::to_string(n));
        }
    }
}

template <class Real>
RowColumnTransform<Real>::~RowColumnTransform() = default;

template <class Real>
void RowColumnTransform<Real>::put(std::span<const std::complex<double>> field) noexcept {
    for (std::size_t i = 0; i < n_; ++i) {
        copy_values(field.subspan(i * n_, n_), std::span<Complex>(row(i), n_));
    }
}

template <class Real>
void RowColumnTransform<Real>::get(std::span<std::complex<double>> field) const noexcept {
    for (std::size_t i = 0; i < n_; ++i) {
        copy_values(std::span<const Complex>(row(i), n_), field.subspan(i * n_, n_));
    }
}

template <class Real>
bool RowColumnTransform<Real>::is_finite() const noexcept {
    return all_finite(std::span<const Complex>(field_.values())); // 0 between the rows
}

template <class Real>
void RowColumnTransform<Real>::take_rows(std::size_t block) noexcept {
    for (std::size_t i = 0; i < together_; ++i) {
        std::copy_n(row(block * together_ + i), n_, points_.data() + i * n_);
    }
}

template <class Real>
void RowColumnTransform<Real>::keep_rows(std::size_t block) noexcept {
    for (std::size_t i = 0; i < together_; ++i) {
        std::copy_n(points_.data() + i * n_, n_, row(block * together_ + i));
    }
}

template <class Real>
void RowColumnTransform<Real>::rows_to_points(std::size_t block) noexcept {
    Fftw<Real>::execute(plans_->to_points.get(),
                        as_fftw<Real>(row(block * together_)),
                        as_fftw<Real>(points_.data()));
}

template <class Real>
void RowColumnTransform<Real>::rows_to_modes(std::size_t block) noexcept {
    Fftw<Real>::execute(plans_->to_row_modes.get(),
                        as_fftw<Real>(points_.data()),
                        as_fftw<Real>(row(block * together_)));
}

template <class Real>
void RowColumnTransform<Real>::columns_to_modes(std::size_t block, Complex* modes) noexcept {
    Fftw<Real>::execute(plans_->to_modes.get(),
                        as_fftw<Real>(field_.data() + block * together_),
                        as_fftw<Real>(modes));
}

template <class Real>
void RowColumnTransform<Real>::columns_from_modes(std::size_t block,
                                                  const Complex* modes) noexcept {
    // FFTW leaves what a transform out of place reads as it is, and asks for it without const.
    Fftw<Real>::execute(plans_->from_modes.get(),
                        as_fftw<Real>(const_cast<Complex*>(modes)), // NOLINT
                        as_fftw<Real>(field_.data() + block * together_));
}

template class RowColumnTransform<double>;
template class RowColumnTransform<float>;

} // namespace assay::cgl
