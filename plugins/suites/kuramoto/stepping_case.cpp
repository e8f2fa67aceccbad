#include "stepping_case.hpp"

#include "kuramoto/order.hpp"
#include "quality_metrics.hpp"
#include "verification.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace assay::kuramoto_suite {
namespace {

// Steps of an adaptive solver are as long as they are: about kHorizon for these problems.
constexpr std::uint64_t kAdaptiveSteps = 25;

std::uint64_t horizon_steps(const SolverChoice& choice) {
    return choice.method == Method::dopri5
               ? kAdaptiveSteps
               : static_cast<std::uint64_t>(std::max(1.0, kHorizon / choice.dt + 0.5));
}

} // namespace

SteppingCase::SteppingCase(const assay::params& params, Stepping stepping)
    : stepping_(std::move(stepping))
    , host_(&params.context())
    , solver_(make_solver(stepping_.inputs.problem, stepping_.inputs.start, stepping_.choice))
    , steps_until_restart_(horizon_steps(stepping_.choice)) {
    if (stepping_.choice.method == Method::rk4) {
        if (auto warning =
                kuramoto::coarse_step_warning(stepping_.inputs.problem, stepping_.choice.dt)) {
            host_->warn(*warning);
        }
    }
}

void SteppingCase::verify(assay::context& host) {
    report_verified(host, verify_solver(stepping_.inputs, stepping_.choice));
}

void SteppingCase::prepare(assay::batch&) {
    solver_->restart(stepping_.inputs.start);
    stages_before_ = solver_->stages();
}

void SteppingCase::run(assay::batch& batch) {
    const std::uint64_t begin = host_->now_ns();
    std::uint64_t until_restart = steps_until_restart_;
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        for (std::uint64_t step = 0; step < stepping_.steps_per_iteration; ++step) {
            if (until_restart == 0) {
                solver_->restart(stepping_.inputs.start);
                until_restart = steps_until_restart_;
            }
            solver_->step();
            --until_restart;
        }
    }
    busy_ns_ = host_->now_ns() - begin;
    batch.done(done);
}

void SteppingCase::finish(assay::batch& batch, assay::context& host) {
    const auto [r, psi] = kuramoto::order_of(solver_->phases());
    batch.checksum(
        rounded_digest(std::array{r * std::cos(psi), r * std::sin(psi), solver_->time()}));
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    report_steps(host,
                 {.oscillators = static_cast<double>(stepping_.inputs.start.size()),
                  .steps = batch.done() * stepping_.steps_per_iteration,
                  .stages = solver_->stages() - stages_before_,
                  .busy_ns = busy_ns_});
    host.metric("order_parameter", r);
}

} // namespace assay::kuramoto_suite
