// The metrics that families share: of the cache, and of the work it spared.
//
//   add_cache_metrics(family);
//   add_work_metrics(family);
//
// stream_case.cpp reports them, of whole agents comparison_report.cpp. Pure functions.
#pragma once

#include <assay/suite.hpp>

namespace assay::matrix_caching {

// Hits and misses of a cache, and the memory it takes.
void add_lookup_metrics(assay::family_builder family);
// These, and what belongs to requests one by one.
void add_cache_metrics(assay::family_builder family);
void add_work_metrics(assay::family_builder family);
// Of families whose work is partly logarithms.
void add_logarithm_metrics(assay::family_builder family);

} // namespace assay::matrix_caching
