// Values of a field between the precisions, and whether all of them are numbers.
//
//   copy_values(field, buffer.values());
//   const auto axis = as_precision<float>(exponential_axis(...), 1.0 / n);
//
// Pure functions; any thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <span>
#include <vector>

namespace assay::cgl {

// Of equal length.
template <class From, class To>
void copy_values(std::span<const std::complex<From>> from, std::span<std::complex<To>> to) {
    std::ranges::transform(from, to.begin(), [](const std::complex<From>& value) {
        return std::complex<To>(static_cast<To>(value.real()), static_cast<To>(value.imag()));
    });
}

template <class Real>
[[nodiscard]] std::vector<std::complex<Real>>
as_precision(const std::vector<std::complex<double>>& values, double factor) {
    std::vector<std::complex<Real>> out(values.size());
    std::ranges::transform(values, out.begin(), [factor](const std::complex<double>& value) {
        return std::complex<Real>(static_cast<Real>(factor * value.real()),
                                  static_cast<Real>(factor * value.imag()));
    });
    return out;
}

template <class Real>
[[nodiscard]] bool all_finite(std::span<const std::complex<Real>> values) {
    return std::ranges::all_of(values, [](const std::complex<Real>& value) {
        return std::isfinite(value.real()) && std::isfinite(value.imag());
    });
}

} // namespace assay::cgl
