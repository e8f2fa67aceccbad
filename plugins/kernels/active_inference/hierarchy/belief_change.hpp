// How far one distribution is from another.
//
//   UpdateCost cost;
//   if (diverges(now, sent, threshold, cost)) { send(now); }
//
// Pure functions but for the count.
#pragma once

#include "active_inference/selective/update_work.hpp"

#include <span>

namespace assay::active_inference {

// KL(p || q) in nats of distributions of equal length; infinite where q is 0 and p is not. Exact to
// the last digits for changes down to 1e-15: the usual sum of p ln(p / q) loses all of them below
// 1e-8, and a threshold of 0 would then overlook real changes.
[[nodiscard]] double divergence(std::span<const double> p, std::span<const double> q) noexcept;

// Whether the divergence is above the threshold. Every term of the sum is at least 0, so that most
// answers need but a few of them; to `cost` is added what those took, a multiply-add as one.
[[nodiscard]] bool diverges(std::span<const double> p,
                            std::span<const double> q,
                            double threshold,
                            UpdateCost& cost) noexcept;

// max |p - q|
[[nodiscard]] double largest_change(std::span<const double> p, std::span<const double> q) noexcept;

} // namespace assay::active_inference
