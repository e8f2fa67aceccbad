// How the times of a family grow with an axis: a line for each fit, between the table and what
// closes it.
//
//   fit  demo/sum over n: O(n), 0.5123 ns x n [0.5101, 0.5144], error 1.2 %, next best O(n log n)
//   fit  demo/sort over n: no class fits (best O(n log n), error 126 %)
//
// Plain values; pure functions.
#pragma once

#include "row.hpp"

#include <assay/reporter.hpp>

#include <span>
#include <string>
#include <vector>

namespace console {

struct Fit {
    std::string name;      // "demo/sum"
    std::string axis;      // "n"
    std::string params;    // "[dtype=f32]" or empty
    std::string fit_class; // "O(n log n)", or empty: no fit, and `reason` says why
    std::string runner_up, reason;
    bool fits = true; // false: the class predicts nothing, however little it does worse
    double coefficient = Figure::kUnknown, low = Figure::kUnknown, high = Figure::kUnknown;
    double error = Figure::kUnknown; // leave-one-out, as a share
};

// The list "complexity" of the event that ends a run.
[[nodiscard]] std::vector<Fit> fits_from(const assay::document& document, const Look& look);

// Empty for no fits.
[[nodiscard]] std::string complexity_lines(std::span<const Fit> fits, const Look& look);

} // namespace console
