// The plugin: which families the suite has; each declares its axes and metrics beside its case.
// README.md explains them.
#include "loop_case.hpp"
#include "loop_plan.hpp"

#include <assay/suite.hpp>

ASSAY_SUITE("org.assay.coordination",
            "coordination",
            "1.0.0",
            R"("license":"Apache-2.0","description":"How well a loop of modules keeps its rate")") {
    s.config_schema(assay::coordination_suite::kLoopSchema)
        .config<assay::coordination_suite::LoopConfig>();
    assay::coordination_suite::add_loop(s);
    assay::coordination_suite::add_response(s);
}
