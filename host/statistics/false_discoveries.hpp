// Which of many p values may be called findings, so that of what is called at most a share q is
// wrong on average (Benjamini & Hochberg, JRSS B 57 (1995)).
//
//   for (std::size_t i : benjamini_hochberg(p_of_series, 0.05)) { alert(i); }
//
// 500 series tested at 0.05 each are 25 false alarms a run. e_bh of "statistics/evidence.hpp" does
// the same for e-values. Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::statistics {

// Indices, ascending: the p values up to the largest p_(k) <= q k / m. Series without a finding
// belong into the list with p = 1; NaN counts as 1.
[[nodiscard]] std::vector<std::size_t> benjamini_hochberg(std::span<const double> p, double q);

} // namespace assay::statistics
