// The family `transition`: a request is a k-step transition product and its smoothing transpose.
#pragma once

#include "stream_case.hpp"

namespace assay::matrix_caching {

// Throws as cache_axes_from() does.
[[nodiscard]] std::unique_ptr<Workload> make_transition_workload(const assay::params& params,
                                                                 const CacheAxes& axes);

class TransitionCase : public StreamCase {
public:
    explicit TransitionCase(const assay::params& params)
        : StreamCase(params, make_transition_workload) {}
};

// A request that was found costs hit_ns; another its transpose, and each product that it took;
// everything that was kept keep_ns.
[[nodiscard]] double
transition_bound(const RecordedWork& recorded, const AccessCost& cost, std::size_t depth) noexcept;

void add_transition(assay::suite& suite);

} // namespace assay::matrix_caching
