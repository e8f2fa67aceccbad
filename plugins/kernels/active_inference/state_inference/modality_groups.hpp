// Modalities that see the same factors, taken together: the sum of their log-likelihoods is one
// table, contracted once instead of once per modality.
//
//   for (const ModalityGroup& group : modality_groups(model)) { ... group.shape ... }
//
// Plain values; pure functions.
#pragma once

#include "active_inference/model.hpp"

#include <cstddef>
#include <vector>

namespace assay::active_inference {

struct ModalityGroup {
    FactorList factors;                  // axis k of the table is factor factors[k]; may be empty
    std::vector<std::size_t> shape;      // states of these factors
    std::size_t entries = 1;             // of the table
    std::vector<std::size_t> modalities; // ascending
};

// In the order of each group's first modality.
[[nodiscard]] std::vector<ModalityGroup> modality_groups(const FactoredModel& model);

// One table over all factors in order, as the dense variant has it.
[[nodiscard]] ModalityGroup dense_group(const FactoredModel& model);

} // namespace assay::active_inference
