// The family `intermediate`: a request is the expected free energy of all policies from a belief.
// What can be kept on the way: H_m(s) = sum_o A ln A, the beliefs after a prefix of actions, and
// the terms up to it.
#pragma once

#include "stream_case.hpp"

namespace assay::matrix_caching {

// Throws as cache_axes_from() does.
[[nodiscard]] std::unique_ptr<Workload> make_intermediate_workload(const assay::params& params,
                                                                   const CacheAxes& axes);

class IntermediateCase : public StreamCase {
public:
    explicit IntermediateCase(const assay::params& params)
        : StreamCase(params, make_intermediate_workload) {}
};

void add_intermediate(assay::suite& suite);

} // namespace assay::matrix_caching
