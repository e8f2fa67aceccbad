// The plugin: which families the suite has; each declares its axes and metrics beside its case.
// README.md explains them. With FFTW in it, the binary is GPL-2.0-or-later; these sources are not.
#include "ensemble_case.hpp"
#include "evolve_case.hpp"
#include "fft_pair_case.hpp"
#include "planning.hpp"
#include "step_case.hpp"
#include "turbulence_case.hpp"
#include "work_precision_case.hpp"

#include <assay/suite.hpp>

ASSAY_SUITE(
    "org.assay.cgl",
    "cgl",
    "1.0.0",
    R"("license":"GPL-2.0-or-later","description":"The complex Ginzburg-Landau equation in two dimensions")") {
    using namespace assay;
    s.config_schema(cgl::planning_schema()).config<cgl::PlanSettings>();
    cgl::add_step(s);
    cgl::add_evolve(s);
    cgl::add_work_precision(s);
    cgl::add_ensemble(s);
    cgl::add_fft_pair(s);
    cgl::add_turbulence(s);
}
