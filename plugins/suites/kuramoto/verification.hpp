// What every solver of the suite is held to before it is timed.
//
//   Verified found = verify_solver(inputs, choice);     // throws assay::wrong_result
//   report_verified(host, found);
//
// Other code than what is measured: sines of pairs for the rates, and what is known of two
// oscillators.
#pragma once

#include "case_inputs.hpp"
#include "solver.hpp"

#include <cstdint>

namespace assay::kuramoto_suite {

struct Verified {
    double largest = 0;       // difference, rad or rad/s
    std::uint64_t values = 0; // compared
};

// Rates of a sample against sums over pairs; the path of ten steps against the textbook's; the mean
// phase of symmetric coupling; the locking angle of two.
[[nodiscard]] Verified verify_solver(const Inputs& inputs, const SolverChoice& choice);

// |actual - expected| <= bound, or wrong_result with all three.
void hold(Verified& found, const std::string& what, double actual, double expected, double bound);

void add_verified_metrics(assay::family_builder family);
void report_verified(assay::context& host, const Verified& found);

} // namespace assay::kuramoto_suite
