#include "kuramoto/right_hand_side.hpp"

#include "isa_level/isa_level.hpp"

#include <cmath>

namespace assay::kuramoto {
namespace {

using LoopsOfLevel = const PhaseLoops&() noexcept;

AlignedValues padded_rows(std::size_t n, const std::vector<double>& values) {
    AlignedValues rows(n * padded(n));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            rows.data()[i * padded(n) + j] = values[i * n + j];
        }
    }
    return rows;
}

std::vector<double> products(const std::vector<double>& strengths,
                             const std::vector<double>& lags,
                             double (*of)(double)) {
    std::vector<double> result(strengths.size());
    for (std::size_t i = 0; i < result.size(); ++i) {
        result[i] = strengths[i] * of(lags[i]);
    }
    return result;
}

double cosine(double x) {
    return std::cos(x);
}

double sine(double x) {
    return std::sin(x);
}

} // namespace

const PhaseLoops& phase_loops() noexcept {
#if defined(__x86_64__)
    static const PhaseLoops& chosen =
        for_level<LoopsOfLevel>({v1::phase_loops, v3::phase_loops, v4::phase_loops})();
    return chosen;
#else
    return v1::phase_loops();
#endif
}

RightHandSide::RightHandSide(const Problem& problem, Way way)
    : loops_(&phase_loops())
    , way_(way)
    , omega_(problem.omega.size())
    , sin_(problem.omega.size(), 1)
    , cos_(problem.omega.size(), 2)
    , coupling_(problem.coupling) {
    require_sound(first_fault(problem));
    omega_.assign(problem.omega);
    if (const auto* field = std::get_if<MeanField>(&coupling_)) {
        field_cos_lag_ = std::cos(field->lag);
        field_sin_lag_ = std::sin(field->lag);
    }
    if (way_ == Way::naive_n2) {
        return;
    }
    const std::size_t n = size();
    if (auto* dense = std::get_if<DenseCoupling>(&coupling_)) {
        matrix_ = padded_rows(n, dense->strengths);
        dense->strengths = {};
    } else if (auto* lagged = std::get_if<LaggedCoupling>(&coupling_)) {
        matrix_ = padded_rows(n, products(lagged->strengths, lagged->lags, cosine));
        other_ = padded_rows(n, products(lagged->strengths, lagged->lags, sine));
        lagged->strengths = {};
        lagged->lags = {};
    }
}

// K Z exp(-i alpha), imaginary part first.
PhaseSums RightHandSide::pull_of(const PhaseSums& sums) const noexcept {
    const double each =
        std::get<MeanField>(coupling_).strength / static_cast<double>(omega_.size());
    return {.sin = each * (sums.sin * field_cos_lag_ - sums.cos * field_sin_lag_),
            .cos = each * (sums.cos * field_cos_lag_ + sums.sin * field_sin_lag_)};
}

void RightHandSide::operator()(const double* theta, double* rate) {
    if (way_ == Way::naive_n2) {
        naive(theta, rate);
        return;
    }
    from_sincos(loops_->sincos(theta, sin_.data(), cos_.data(), size()), rate);
}

void RightHandSide::from_sincos(const PhaseSums& sums, double* rate) const {
    const Oscillators all{omega_.data(), sin_.data(), cos_.data(), rate, size()};
    if (std::holds_alternative<MeanField>(coupling_)) {
        const PhaseSums pull = pull_of(sums);
        loops_->field_rate(all, pull.sin, pull.cos);
    } else if (std::holds_alternative<DenseCoupling>(coupling_)) {
        loops_->dense_rate(matrix_.data(), all);
    } else if (std::holds_alternative<LaggedCoupling>(coupling_)) {
        loops_->dense_alpha_rate(matrix_.data(), other_.data(), all);
    } else {
        const auto& sparse = std::get<SparseCoupling>(coupling_);
        loops_->sparse_rate({sparse.row_begin.data(), sparse.columns.data(), sparse.weights.data()},
                            all);
    }
}

// As the formula is written: a sine for each pair.
void RightHandSide::naive(const double* theta, double* rate) const {
    const std::size_t n = size();
    const auto* field = std::get_if<MeanField>(&coupling_);
    const auto* dense = std::get_if<DenseCoupling>(&coupling_);
    const auto* lagged = std::get_if<LaggedCoupling>(&coupling_);
    const auto* sparse = std::get_if<SparseCoupling>(&coupling_);
    for (std::size_t i = 0; i < n; ++i) {
        double sum = 0;
        if (sparse != nullptr) {
            for (std::uint64_t e = sparse->row_begin[i]; e < sparse->row_begin[i + 1]; ++e) {
                sum += sparse->weights[e] * std::sin(theta[sparse->columns[e]] - theta[i]);
            }
        }
        for (std::size_t j = 0; sparse == nullptr && j < n; ++j) {
            const double apart = theta[j] - theta[i];
            if (field != nullptr) {
                sum += std::sin(apart - field->lag);
            } else if (dense != nullptr) {
                sum += dense->strengths[i * n + j] * std::sin(apart);
            } else {
                sum += lagged->strengths[i * n + j] * std::sin(apart - lagged->lags[i * n + j]);
            }
        }
        rate[i] = omega_.data()[i] +
                  (field != nullptr ? sum * field->strength / static_cast<double>(n) : sum);
    }
}

} // namespace assay::kuramoto
