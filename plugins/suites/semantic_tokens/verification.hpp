// What the cases are held to before they are timed, and how that is reported.
//
//   hold_rows(found, "row 3", actual, expected, bound_of(is_single));   // throws wrong_result
//   report_verified(host, found);
//
// Differences are relative to the largest number of what is expected. Pure but for the report.
#pragma once

#include "semantic_tokens/model_shape.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace assay::semantic_tokens_suite {

struct Verified {
    double largest = 0;       // relative difference
    std::uint64_t values = 0; // compared
};

// Both ways in double agree to 1e-10; float agrees with double to 1e-4.
[[nodiscard]] constexpr double bound_of(bool is_single) noexcept {
    return is_single ? 1e-4 : 1e-10;
}

void hold_rows(Verified& found,
               const std::string& what,
               const std::vector<double>& actual,
               const std::vector<double>& expected,
               double bound);

// Weights of attention, kBandEntries in each of n rows: each row sums to 1, and is 0 beyond the
// ends of the sequence.
void hold_weights(Verified& found, std::span<const double> weights, std::size_t n, double bound);

void add_verified_metrics(assay::family_builder family);
void report_verified(assay::context& host, const Verified& found);

} // namespace assay::semantic_tokens_suite
