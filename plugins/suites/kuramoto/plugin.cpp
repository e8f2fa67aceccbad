// The plugin: which families the suite has; each declares its axes and metrics beside its case.
// README.md explains them.
#include "ensemble_case.hpp"
#include "module_net_case.hpp"
#include "step_case.hpp"
#include "sync_time_case.hpp"
#include "transition_case.hpp"

#include <assay/suite.hpp>

ASSAY_SUITE("org.assay.kuramoto",
            "kuramoto",
            "1.0.0",
            R"("license":"Apache-2.0","description":"What coupled phase oscillators cost")") {
    assay::kuramoto_suite::add_step(s);
    assay::kuramoto_suite::add_ensemble(s);
    assay::kuramoto_suite::add_sync_time(s);
    assay::kuramoto_suite::add_transition(s);
    assay::kuramoto_suite::add_module_net(s);
}
