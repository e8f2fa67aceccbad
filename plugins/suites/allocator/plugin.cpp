// The plugin: which families the suite has; each declares its axes and metrics beside its case.
// README.md explains them.
#include "churn_case.hpp"
#include "lanes_case.hpp"
#include "scaling_case.hpp"
#include "trim_case.hpp"

#include <assay/suite.hpp>

ASSAY_SUITE("org.assay.allocator",
            "allocator",
            "1.0.0",
            R"("license":"Apache-2.0","description":"What taking and giving back memory costs")") {
    assay::allocator_suite::add_scaling(s);
    assay::allocator_suite::add_buffer(s);
    assay::allocator_suite::add_churn(s);
    assay::allocator_suite::add_lanes(s);
    assay::allocator_suite::add_trim(s);
}
