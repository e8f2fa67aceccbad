// The family `likelihood`: a request is the joint log-likelihood of an observation over all states.
#pragma once

#include "stream_case.hpp"

namespace assay::matrix_caching {

// Throws as cache_axes_from() does.
[[nodiscard]] std::unique_ptr<Workload> make_likelihood_workload(const assay::params& params,
                                                                 const CacheAxes& axes);

class LikelihoodCase : public StreamCase {
public:
    explicit LikelihoodCase(const assay::params& params)
        : StreamCase(params, make_likelihood_workload) {}
};

void add_likelihood(assay::suite& suite);

} // namespace assay::matrix_caching
