#include "mmp_case.hpp"

#include "mmp_verification.hpp"
#include "model_reversal.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::size_t kIterationsMax = 100'000;

ai::MarginalMessageOptions options_of(const assay::params& params) {
    const std::string form = params.str("form");
    if (form != "factorised" && form != "plain") {
        throw assay::config_error("form=" + form + ": expected factorised or plain");
    }
    return {.form = form == "plain" ? ai::MessageForm::plain : ai::MessageForm::factorised,
            .iterations = count_of(params, "iterations", 1, kIterationsMax)};
}

ai::TrajectoryLengths lengths_of(const assay::params& params) {
    return {.observed = count_of(params, "observed", 1, kStepsMax),
            .horizon = count_of(params, "horizon", 0, kStepsMax)};
}

ai::TrajectoryResult solve(ai::MarginalMessagePassing& solver,
                           const WindowProblem& problem,
                           ai::Trajectory& trajectory,
                           const ai::CancelCheck& cancelled) {
    solver.observe(problem.window);
    solver.set_prior(problem.prior);
    return solver.infer(problem.actions(), trajectory, cancelled);
}

// What a form cannot take, or not in memory, is no fault of the model.
ai::MarginalMessagePassing solver_for(const WindowProblem& problem,
                                      const ai::MarginalMessageOptions& options) {
    try {
        return {problem.model, problem.lengths, options};
    } catch (const std::logic_error& reason) {
        throw assay::skip(reason.what());
    }
}

} // namespace

MmpCase::MmpCase(const assay::params& params)
    : problem_(window_problem_of(params, lengths_of(params)))
    , options_(options_of(params))
    , solver_(solver_for(problem_, options_))
    , trajectory_(solver_.trajectory()) {}

void MmpCase::verify(assay::context& host) {
    const ai::CancelCheck cancelled = [&host] { return host.cancelled(); };
    const ai::TrajectoryResult found = solve(solver_, problem_, trajectory_, cancelled);
    std::uint64_t compared = check_beliefs(trajectory_);
    WindowProblem other = problem_;
    other.model = reversed(problem_.model);
    other.prior = reversed(problem_.prior);
    ai::MarginalMessagePassing solver(other.model, other.lengths, options_);
    ai::Trajectory of_other = solver.trajectory();
    const ai::TrajectoryResult again = solve(solver, other, of_other, cancelled);
    compared += check_reversal(trajectory_, of_other);
    if (!(std::abs(found.free_energy - again.free_energy) <=
          1e-9 * std::max(1.0, std::abs(found.free_energy)))) {
        throw assay::wrong_result("F is " + std::to_string(found.free_energy) + ", but " +
                                  std::to_string(again.free_energy) +
                                  " with the model's states in the opposite order");
    }
    host.metric("values_verified", static_cast<double>(compared + 1));
    host.metric("free_energy", found.free_energy);
    host.metric("iterations", static_cast<double>(found.iterations));
    if (const auto truth = chain_truth(problem_, trajectory_)) {
        host.metric("error", truth->error);
    }
}

void MmpCase::run(assay::batch& batch) {
    const ai::CancelCheck cancelled = [&batch] { return batch.cancelled(); };
    before_ = solver_.work();
    ResultDigest digest;
    std::uint64_t done = 0;
    for (; done < batch.iterations(); ++done) {
        const ai::TrajectoryResult found = solve(solver_, problem_, trajectory_, cancelled);
        if (found.cancelled) {
            break;
        }
        digest.add(found.free_energy);
    }
    digest_ = digest;
    batch.done(done);
    ran_ = true;
}

void MmpCase::finish(assay::batch& batch, assay::context& host) {
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

void report_trajectory_work(const ai::TrajectoryWork& before,
                            const ai::TrajectoryWork& after,
                            std::uint64_t done,
                            assay::context& host) {
    const auto each = [&](std::uint64_t now, std::uint64_t then) {
        return static_cast<double>(now - then) / static_cast<double>(done);
    };
    host.metric("contractions", each(after.contractions, before.contractions));
    host.metric("multiply_adds", each(after.multiply_adds, before.multiply_adds));
    host.metric("logarithms", each(after.logarithms, before.logarithms));
}

void add_trajectory_metrics(assay::family_builder family) {
    family.metric("iterations", "{iteration}", assay::no_direction, assay::mean)
        .help("rounds over all steps and factors")
        .exact();
    family.metric("error", "1", assay::lower, assay::max)
        .help("largest |q - exact marginal| over all steps; one factor only, which is a chain")
        .exact();
    family.metric("contractions", "{contraction}", assay::no_direction, assay::mean)
        .help("tensor contractions of an inference, counted in the timed batches");
    family.metric("multiply_adds", "{op}", assay::no_direction, assay::mean)
        .help("multiply-adds of an inference's contractions");
    family.metric("logarithms", "{logarithm}", assay::no_direction, assay::mean)
        .help("logarithms of an inference");
    family.metric("values_verified", "{value}", assay::no_direction, assay::sum)
        .help("beliefs that verification compared")
        .exact();
}

void add_mmp(assay::suite& suite, const ModelAxis& models) {
    auto family = suite.custom<MmpCase>("mmp", assay::shape::independent);
    family.help("beliefs about a window and a planned policy, marginal message passing")
        .tags("active-inference", "inference-over-time");
    models.add(family,
               {.names = {"5x5", "20x20", "10x10x5", "25"},
                .quick = 2,
                .help = "states of each factor, as many modalities that see all; 25: a chain"});
    family.axis("form", {"factorised", "plain"})
        .help("a logarithm per modality and half the message from the future, or one likelihood "
              "over all factors; their numbers differ");
    family.axis("observed", {3, 5, 7})
        .unit("{step}")
        .help("steps with an observation")
        .quick(1)
        .standard(2);
    family.axis("horizon", {2, 3}).unit("{step}").help("steps that the policy plans").quick(1);
    family.axis("iterations", {10}).unit("{iteration}").help("rounds, always all of them");
    family.metric("free_energy", "{nat}", assay::lower, assay::mean)
        .help("of the last round, as its form has it; forms are not comparable")
        .exact();
    add_trajectory_metrics(family);
}

} // namespace assay::inference
