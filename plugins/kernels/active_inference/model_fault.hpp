// Finds the first thing that is wrong with a model, so that a suite can refuse it when it opens
// instead of computing nonsense.
//
//   if (auto fault = first_fault(model)) { refuse(fault->message); }
//
// Pure functions. The order is fixed: counts, factor lists, shapes, entries, column sums; B, A,
// C, D, E. C, D and E may be empty; of E only that it is a distribution: how many policies there
// are depends on the horizon.
#pragma once

#include "active_inference/model.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace assay::active_inference {

// Columns written with 10 digits still pass; a column that lost an entry does not.
inline constexpr double kColumnSumTolerance = 1e-9;

struct ModelFault {
    std::string tensor; // "B[0]", "A[2]", "D[1]", "E", or the list that is wrong
    // Where in the tensor: a whole index for an entry, the index without axis 0 for a column,
    // empty when lists or shapes are wrong.
    std::vector<std::size_t> index;
    std::string message; // what, where, and what was expected
};

[[nodiscard]] std::optional<ModelFault> first_fault(const FactoredModel& model);

} // namespace assay::active_inference
