// The metrics that every family shares: of the cache, and of the work it spared.
//
//   add_cache_metrics(family);
//   add_work_metrics(family);
//
// stream_case.cpp reports them. Pure functions.
#pragma once

#include <assay/suite.hpp>

namespace assay::matrix_caching {

void add_cache_metrics(assay::family_builder family);
void add_work_metrics(assay::family_builder family);
// Of families whose work is partly logarithms.
void add_logarithm_metrics(assay::family_builder family);

} // namespace assay::matrix_caching
