// Column-wise maps of count tensors (columns run along axis 0), in place of matlab's spm_norm and
// spm_wnorm. Both add a floor to every entry first.
//
//   normalise_columns(b, kLogFloor);
//   weigh_columns(a.data, a.shape[0], kLogFloor, weights);
//
// Pure functions.
#pragma once

#include <cstddef>
#include <span>

namespace assay::active_inference {

// norm: (x + floor) / sum of the column's (x + floor).
void normalise_columns(std::span<const double> counts,
                       std::size_t rows,
                       double floor,
                       std::span<double> out) noexcept;

// wnorm: 1 / sum of the column's (x + floor) - 1 / (x + floor). What an observation would teach
// about the column's parameters, up to sign.
void weigh_columns(std::span<const double> counts,
                   std::size_t rows,
                   double floor,
                   std::span<double> out) noexcept;

// wnorm where the count is above 0, else 0: an entry that cannot be learnt teaches nothing.
void weigh_learnable(std::span<const double> counts,
                     std::size_t rows,
                     std::span<double> out) noexcept;

} // namespace assay::active_inference
