// The plugin: which families the suite has. README.md explains their axes and metrics.
#include "comparison_case.hpp"
#include "intermediate_case.hpp"
#include "likelihood_case.hpp"
#include "transition_case.hpp"

#include <assay/suite.hpp>

ASSAY_SUITE("org.assay.matrix_caching",
            "matrix_caching",
            "2.0.0",
            R"("license":"Apache-2.0","description":"What caching saves in active inference")") {
    assay::matrix_caching::add_transition(s);
    assay::matrix_caching::add_likelihood(s);
    assay::matrix_caching::add_intermediate(s);
    assay::matrix_caching::add_comparison(s);
}
