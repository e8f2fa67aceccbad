#include "step_case.hpp"

#include "kuramoto/number_text.hpp"
#include "quality_metrics.hpp"
#include "verification.hpp"

#include <string>

namespace assay::kuramoto_suite {
namespace {

constexpr std::size_t kStepMost = 4'000'000;

Stepping stepping_of(const assay::params& params) {
    const std::size_t n = size_between(params, "n", {.least = 2, .most = kStepMost});
    const std::string coupling = params.str("coupling");
    const SolverChoice choice{.impl = implementation_of(params), .method = method_of(params)};
    if (n > kPairsMost && is_pairwise(coupling)) {
        throw assay::skip("coupling=" + coupling + ",n=" + std::to_string(n) +
                          ": matrices are measured to n=" + std::to_string(kPairsMost));
    }
    if (n > kPairsMost && choice.impl == Implementation::naive_n2) {
        throw assay::skip("impl=naive_n2,n=" + std::to_string(n) +
                          ": sines of all pairs are measured to n=" + std::to_string(kPairsMost));
    }
    return {.inputs = drawn_inputs(coupling, n, params.seed()), .choice = choice};
}

} // namespace

void add_step(assay::suite& suite) {
    assay::family_builder family = suite.custom<StepCase>("step", assay::shape::chain);
    family.help("one step of N coupled phase oscillators").tags("nfcs", "oscillators");
    family.axis("n", {5, 10, 20, 50, 100, 500, 1000, 10'000, 100'000, 1'000'000})
        .unit("{osc}")
        .help("oscillators; matrices and sines of all pairs to 1000")
        .quick({100})
        .standard({10, 100, 1000, 10'000});
    family.axis("coupling", {"mean_field", "dense", "sparse", "dense_alpha"})
        .help("sparse is watts_strogatz; also ring, lattice, erdos_renyi, barabasi_albert")
        .quick({"mean_field", "dense"})
        .standard({"mean_field", "dense", "sparse"});
    family.axis("method", {"rk4", "dopri5"})
        .help("order 4 with steps of 0.01 s, or adaptive of order 5 with a tolerance of 1e-8 rad")
        .quick({"rk4"})
        .standard({"rk4"});
    family.axis("impl", {"assay", "odeint", "naive_n2"})
        .help("this library, Boost.Odeint with the same right-hand side, or sines of all pairs")
        .variant("odeint");
    add_step_metrics(family);
    add_order_metric(family);
    add_verified_metrics(family);
}

StepCase::StepCase(const assay::params& params)
    : SteppingCase(params, stepping_of(params)) {
    attach_config(params,
                  {{"n", std::to_string(stepping().inputs.start.size())},
                   {"strongest_pull",
                    kuramoto::number_text(kuramoto::strongest_pull(stepping().inputs.problem))},
                   {"dt", kuramoto::number_text(stepping().choice.dt)},
                   {"tolerance", kuramoto::number_text(stepping().choice.tolerance)}});
}

} // namespace assay::kuramoto_suite
