#include "module_net_case.hpp"

#include "kuramoto/number_text.hpp"
#include "kuramoto/order.hpp"
#include "quality_metrics.hpp"
#include "verification.hpp"

namespace assay::kuramoto_suite {
namespace {

// rad/s; the NFCS module calls them Hz and uses them as rad/s.
constexpr double kModules[] = {2, 3.5, 4, 6, 8, 10, 12, 15};
constexpr double kTick = 0.1; // s: 10 Hz
constexpr double kStrengthMost = 1000;
constexpr std::uint64_t kSettling = 3000, kWindow = 3000; // steps

Stepping modules_of(const assay::params& params) {
    const double strength = number_between(params, "strength", {.least = 0, .most = kStrengthMost});
    Inputs inputs = drawn_inputs("mean_field", std::size(kModules), params.seed());
    inputs.problem.omega.assign(std::begin(kModules), std::end(kModules));
    inputs.problem.coupling = kuramoto::MeanField{.strength = strength};
    return {.inputs = std::move(inputs),
            .choice = {.impl = implementation_of(params)},
            .steps_per_iteration = static_cast<std::uint64_t>(kTick / kStep + 0.5)};
}

} // namespace

void add_module_net(assay::suite& suite) {
    assay::family_builder family = suite.custom<ModuleNetCase>("module_net", assay::shape::chain);
    family.help("eight coupled modules of 2 to 15 rad/s: one tick of 0.1 s, ten steps of order 4")
        .tags("nfcs", "oscillators");
    family.axis("strength", {1.0, 5.0, 20.0})
        .unit("rad/s")
        .help("K; K / 8 between each two modules")
        .quick({5.0, 20.0});
    family.axis("impl", {"assay", "odeint", "naive_n2"})
        .help("this library, Boost.Odeint with the same right-hand side, or sines of all pairs")
        .variant("odeint");
    add_step_metrics(family);
    add_order_metric(family);
    family.metric("settled_order", "1", assay::higher, assay::last)
        .help("mean r over 30 s of the model after 30 s");
    family.metric("locked_share", "1", assay::higher, assay::last)
        .help("modules whose mean frequency over these 30 s is within 1e-3 rad/s of the median");
    family.metric("frequency_spread", "rad/s", assay::lower, assay::last)
        .help("standard deviation of these frequencies");
    add_verified_metrics(family);
}

ModuleNetCase::ModuleNetCase(const assay::params& params)
    : SteppingCase(params, modules_of(params)) {
    attach_config(params,
                  {{"modules", "[2,3.5,4,6,8,10,12,15]"},
                   {"strength", kuramoto::number_text(params.f64("strength"))},
                   {"dt", kuramoto::number_text(stepping().choice.dt)},
                   {"tick", kuramoto::number_text(kTick)}});
}

void ModuleNetCase::verify(assay::context& host) {
    SteppingCase::verify(host);
    const auto solver =
        make_solver(stepping().inputs.problem, stepping().inputs.start, stepping().choice);
    for (std::uint64_t step = 0; step < kSettling; ++step) {
        solver->step();
    }
    const std::vector<double> before(solver->phases().begin(), solver->phases().end());
    const double began = solver->time();
    double order = 0;
    for (std::uint64_t step = 0; step < kWindow; ++step) {
        solver->step();
        order += kuramoto::order_of(solver->phases()).r / static_cast<double>(kWindow);
    }
    const auto frequencies =
        kuramoto::effective_frequencies(before, solver->phases(), solver->time() - began);
    host.metric("settled_order", order);
    host.metric("locked_share", kuramoto::locked_share(frequencies));
    host.metric("frequency_spread", kuramoto::frequency_spread(frequencies));
}

} // namespace assay::kuramoto_suite
