#include "vmp_case.hpp"

#include "mmp_case.hpp"
#include "mmp_verification.hpp"
#include "model_reversal.hpp"
#include "vmp_free_energy.hpp"

#include <cmath>
#include <string>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::size_t kIterationsMax = 100'000;

ai::VariationalMessageOptions options_of(const assay::params& params) {
    const std::string rule = params.str("rule");
    if (rule != "vmp" && rule != "mmp") {
        throw assay::config_error("rule=" + rule + ": expected vmp or mmp");
    }
    return {.rule = rule == "vmp" ? ai::ParallelRule::vmp : ai::ParallelRule::mmp,
            .iterations = count_of(params, "iterations", 1, kIterationsMax)};
}

ai::TrajectoryResult solve(ai::VariationalMessagePassing& solver,
                           const WindowProblem& problem,
                           ai::Trajectory& trajectory,
                           const ai::CancelCheck& cancelled) {
    solver.observe(problem.window);
    solver.set_prior(problem.prior);
    return solver.infer(problem.actions(), trajectory, cancelled);
}

} // namespace

VmpCase::VmpCase(const assay::params& params)
    : problem_(window_problem_of(params, {.observed = count_of(params, "steps", 1, kStepsMax)}))
    , options_(options_of(params))
    , solver_(problem_.model, problem_.lengths, options_)
    , trajectory_(solver_.trajectory()) {}

void VmpCase::verify(assay::context& host) {
    const ai::CancelCheck cancelled = [&host] { return host.cancelled(); };
    const ai::TrajectoryResult found = solve(solver_, problem_, trajectory_, cancelled);
    std::uint64_t compared = check_beliefs(trajectory_);
    WindowProblem other = problem_;
    other.model = reversed(problem_.model);
    other.prior = reversed(problem_.prior);
    ai::VariationalMessagePassing solver(other.model, other.lengths, options_);
    ai::Trajectory of_other = solver.trajectory();
    (void)solve(solver, other, of_other, cancelled);
    compared += check_reversal(trajectory_, of_other);
    const double free_energy = trajectory_free_energy(problem_, trajectory_);
    if (const auto truth = chain_truth(problem_, trajectory_)) {
        if (!(free_energy >= -truth->log_evidence - 1e-9 * std::abs(truth->log_evidence))) {
            throw assay::wrong_result("F is " + std::to_string(free_energy) +
                                      ", below -ln p(o) = " + std::to_string(-truth->log_evidence));
        }
        host.metric("error", truth->error);
        ++compared;
    }
    host.metric("values_verified", static_cast<double>(compared));
    host.metric("free_energy", free_energy);
    host.metric("iterations", static_cast<double>(found.iterations));
}

void VmpCase::run(assay::batch& batch) {
    const ai::CancelCheck cancelled = [&batch] { return batch.cancelled(); };
    before_ = solver_.work();
    ResultDigest digest;
    std::uint64_t done = 0;
    for (; done < batch.iterations(); ++done) {
        if (solve(solver_, problem_, trajectory_, cancelled).cancelled) {
            break;
        }
        digest.add(trajectory_.back().values());
    }
    digest_ = digest;
    batch.done(done);
    ran_ = true;
}

void VmpCase::finish(assay::batch& batch, assay::context& host) {
    if (!std::exchange(ran_, false) || batch.done() < batch.iterations()) {
        return;
    }
    for (std::size_t step = 0; batch.done() > 0 && step < trajectory_.size(); ++step) {
        digest_.add(trajectory_[step].values());
    }
    batch.checksum(digest_.value());
    if (!batch.is_warmup() && batch.done() > 0) {
        report_trajectory_work(before_, solver_.work(), batch.done(), host);
    }
}

void add_vmp(assay::suite& suite, const ModelAxis& models) {
    auto family = suite.custom<VmpCase>("vmp", assay::shape::independent);
    family.help("beliefs about a window, all steps at once: variational message passing")
        .tags("active-inference", "inference-over-time");
    models.add(family,
               {.names = {"5x5", "20x20", "10x10x5", "25"},
                .help = "states of each factor, as many modalities that see all; 25: a chain"});
    family.axis("rule", {"vmp", "mmp"})
        .help("the messages: averages of logarithms, or logarithms of averages; their numbers "
              "differ");
    family.axis("steps", {5, 20, 100})
        .unit("{step}")
        .help("length of the window, all of it observed")
        .quick({5, 100});
    family.axis("iterations", {16}).unit("{iteration}").help("rounds, always all of them");
    family.metric("free_energy", "{nat}", assay::lower, assay::mean)
        .help("variational free energy of the beliefs at the end, computed from its definition")
        .exact();
    add_trajectory_metrics(family);
}

} // namespace assay::inference
