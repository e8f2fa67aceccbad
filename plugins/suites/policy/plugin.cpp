// The plugin: which families the suite has; each declares its axes and metrics beside its case.
// README.md explains them.
#include "decision_case.hpp"
#include "edit_case.hpp"

#include <assay/suite.hpp>

ASSAY_SUITE(
    "org.assay.policy",
    "policy",
    "1.0.0",
    R"("license":"Apache-2.0","description":"What a policy decision costs, and how to spare it")") {
    assay::policy::add_decisions(s);
    assay::policy::add_latency(s);
    assay::policy::add_edits(s);
}
