// In which order cases are measured: shuffled by a seed, so that a drift of the machine does not
// fall on the same cases in every run, and repeatable with the same seed on every platform
// (std::shuffle is not).
//
//   put_in_order(cases, order_seed);
//
// Pure; callable from any thread.
#pragma once

#include "plan/plan.hpp"

#include <cstdint>
#include <vector>

namespace assay::plan {

// Sorts by a hash of id and seed, which is a shuffle that does not depend on what else is there: a
// run with a filter keeps the relative order of the whole run. Cases of one point that differ in
// their variant stand together, the reference first, so that `speedup` compares neighbours.
void put_in_order(std::vector<PlannedCase>& cases, std::uint64_t seed);

} // namespace assay::plan
