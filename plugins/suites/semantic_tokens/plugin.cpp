// The plugin: which families the suite has; each declares its axes and metrics beside its case.
// README.md explains them.
#include "cached_case.hpp"
#include "filter_case.hpp"
#include "latency_case.hpp"
#include "token_case.hpp"

#include <assay/suite.hpp>

ASSAY_SUITE("org.assay.semantic_tokens",
            "semantic_tokens",
            "1.0.0",
            R"("license":"Apache-2.0","description":"What filtering and relating tokens costs")") {
    assay::semantic_tokens_suite::add_process(s);
    assay::semantic_tokens_suite::add_latency(s);
    assay::semantic_tokens_suite::add_filter_only(s);
    assay::semantic_tokens_suite::add_fields(s);
    assay::semantic_tokens_suite::add_attention(s);
    assay::semantic_tokens_suite::add_cached(s);
}
