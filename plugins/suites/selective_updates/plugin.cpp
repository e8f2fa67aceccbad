// The plugin: which families the suite has; each declares its axes and metrics beside its case.
// README.md explains them.
#include "hierarchical_case.hpp"
#include "incremental_vfe_case.hpp"
#include "partial_policy_case.hpp"
#include "sparse_observation_case.hpp"

#include <assay/suite.hpp>

ASSAY_SUITE(
    "org.assay.selective_updates",
    "selective_updates",
    "1.0.0",
    R"("license":"Apache-2.0","description":"What selective updating saves in active inference")") {
    assay::selective_updates::add_sparse_observation(s);
    assay::selective_updates::add_partial_policy(s);
    assay::selective_updates::add_incremental_vfe(s);
    assay::selective_updates::add_hierarchical(s);
}
