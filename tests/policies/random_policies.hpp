// Random models of the shapes that matter to policies, and beliefs about them. Pure functions.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/learning/dirichlet_counts.hpp"
#include "active_inference/model.hpp"
#include "random_source/random_source.hpp"

#include <cstdint>

namespace assay::test {

// One to three factors of 1 to 4 states and 1 to 3 actions, one to three modalities; factors may
// depend on others, modalities see one factor or all. Zeros in A and B, preferences with and
// without a time axis (up to `horizon` steps), sometimes none.
active_inference::FactoredModel random_policies(std::uint64_t seed, std::size_t horizon);

// Every third with zeros.
active_inference::Beliefs random_beliefs(const active_inference::FactoredModel& model,
                                         std::uint64_t seed);

// Counts above 0 wherever the model's tensors are.
active_inference::DirichletCounts random_counts(const active_inference::FactoredModel& model,
                                                std::uint64_t seed);

} // namespace assay::test
