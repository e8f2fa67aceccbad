#include "ensemble_case.hpp"

#include "kuramoto/number_text.hpp"
#include "kuramoto/order.hpp"
#include "kuramoto/rk4.hpp"
#include "quality_metrics.hpp"
#include "verification.hpp"

#include <algorithm>
#include <string>

namespace assay::kuramoto_suite {
namespace {

constexpr std::uint64_t kStepsAtOnce = 64;           // between two looks at whether to stop
constexpr std::uint64_t kEnsembleHorizonSteps = 500; // 5 s of the model
constexpr int kVerifiedSteps = 20;
constexpr std::size_t kReplicasVerified = 64;
constexpr double kReplicaBound = 1e-11;

} // namespace

void add_ensemble(assay::suite& suite) {
    assay::family_builder family = suite.custom<EnsembleCase>("ensemble", assay::shape::chain);
    family.help("one step of order 4 of each of many small mean fields")
        .tags("nfcs", "oscillators");
    family.axis("n", {5, 10, 20, 50}).unit("{osc}").help("oscillators of a replica").quick({10});
    family.axis("replicas", {64, 256, 1024, 4096})
        .unit("{replica}")
        .help("systems, each with frequencies and phases of its own")
        .quick({256})
        .standard({64, 1024});
    family.axis("impl", {"assay", "odeint", "single"})
        .help("replicas side by side in vectors, a Boost.Odeint solver each, or one of ours each")
        .variant("odeint");
    add_step_metrics(family);
    add_order_metric(family);
    add_verified_metrics(family);
}

EnsembleCase::EnsembleCase(const assay::params& params)
    : seed_(params.seed())
    , oscillators_(size_between(params, "n", {.least = 2, .most = 1000}))
    , replicas_(size_between(params, "replicas", {.least = 1, .most = 65'536}))
    , host_(&params.context()) {
    const std::string impl = params.str("impl");
    if (impl != "assay" && impl != "odeint" && impl != "single") {
        throw assay::config_error("impl=" + impl + ": expected assay, odeint or single");
    }
    if (impl == "assay") {
        together_ = std::make_unique<kuramoto::Ensemble>(oscillators_, replicas_, kStep);
    }
    for (std::size_t index = 0; index < replicas_; ++index) {
        Inputs inputs = replica(index);
        if (together_) {
            together_->set(index, {inputs.problem.omega, inputs.start, kStrength});
            continue;
        }
        alone_.push_back(make_solver(
            inputs.problem,
            inputs.start,
            {.impl = impl == "odeint" ? Implementation::odeint : Implementation::assay}));
        starts_.push_back(std::move(inputs.start));
    }
    attach_config(params,
                  {{"n", std::to_string(oscillators_)},
                   {"replicas", std::to_string(replicas_)},
                   {"strength", kuramoto::number_text(kStrength)},
                   {"dt", kuramoto::number_text(kStep)}});
}

Inputs EnsembleCase::replica(std::size_t index) const {
    return drawn_inputs("mean_field", oscillators_, seed_ * 1'000'003 + index);
}

void EnsembleCase::restart() {
    if (together_) {
        together_->restart();
    }
    for (std::size_t index = 0; index < alone_.size(); ++index) {
        alone_[index]->restart(starts_[index]);
    }
}

void EnsembleCase::steps(std::uint64_t count) {
    if (together_) {
        together_->steps(count);
    }
    for (const auto& solver : alone_) {
        for (std::uint64_t step = 0; step < count; ++step) {
            solver->step();
        }
    }
}

std::vector<double> EnsembleCase::phases(std::size_t replica) const {
    if (together_) {
        return together_->phases(replica);
    }
    return {alone_[replica]->phases().begin(), alone_[replica]->phases().end()};
}

// Replicas, evenly taken from all, against sines of pairs.
void EnsembleCase::verify(assay::context& host) {
    Verified found;
    restart();
    steps(kVerifiedSteps);
    const std::size_t stride = std::max<std::size_t>(1, replicas_ / kReplicasVerified);
    for (std::size_t index = 0; index < replicas_; index += stride) {
        const Inputs inputs = replica(index);
        kuramoto::Rk4 textbook(inputs.problem, inputs.start, kStep, kuramoto::Way::naive_n2);
        textbook.steps(kVerifiedSteps);
        const auto actual = phases(index);
        for (std::size_t i = 0; i < oscillators_; ++i) {
            hold(found,
                 "phase " + std::to_string(i) + " of replica " + std::to_string(index),
                 actual[i],
                 textbook.phases()[i],
                 kReplicaBound);
        }
    }
    report_verified(host, found);
}

void EnsembleCase::prepare(assay::batch&) {
    restart();
}

void EnsembleCase::run(assay::batch& batch) {
    const std::uint64_t begin = host_->now_ns();
    std::uint64_t done = 0, until_restart = kEnsembleHorizonSteps;
    while (done < batch.iterations() && !batch.cancelled()) {
        if (until_restart == 0) {
            restart();
            until_restart = kEnsembleHorizonSteps;
        }
        const std::uint64_t count =
            std::min({batch.iterations() - done, until_restart, kStepsAtOnce});
        steps(count);
        done += count;
        until_restart -= count;
    }
    busy_ns_ = host_->now_ns() - begin;
    batch.done(done);
}

void EnsembleCase::finish(assay::batch& batch, assay::context& host) {
    std::vector<double> orders(replicas_);
    double mean = 0;
    for (std::size_t index = 0; index < replicas_; ++index) {
        orders[index] = kuramoto::order_of(phases(index)).r;
        mean += orders[index] / static_cast<double>(replicas_);
    }
    batch.checksum(rounded_digest(orders));
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    report_steps(host,
                 {.oscillators = items(),
                  .steps = batch.done(),
                  .stages = batch.done() * kuramoto::Rk4::kStages,
                  .busy_ns = busy_ns_});
    host.metric("order_parameter", mean);
}

} // namespace assay::kuramoto_suite
