#include "ensemble_case.hpp"

#include "case_axes.hpp"
#include "case_config.hpp"
#include "planning.hpp"

#include <algorithm>
#include <string>

namespace assay::cgl {
namespace {

constexpr double kEnsembleBox = 100, kEnsembleStep = 0.05;
constexpr std::uint64_t kMostStepsAtOnce = 32; // of every field, between two meetings of threads
constexpr double kEnsembleDigestedUntil = 5;   // later a rounding has become another field
constexpr std::size_t kMostReplicas = 1024;

std::size_t replicas_of(const assay::params& params) {
    const std::size_t replicas = params.size("replicas");
    if (replicas < 1 || replicas > kMostReplicas) {
        throw assay::config_error("replicas is " + std::to_string(replicas) + ", expected 1 to " +
                                  std::to_string(kMostReplicas));
    }
    return replicas;
}

SubjectOptions ensemble_options(const assay::params& params) {
    return {.grid = {.n = params.size("n"), .length = kEnsembleBox},
            .equation = {.c1 = 2, .c2 = -1},
            .stepping = {.method = method_from(params.str("method")), .dt = kEnsembleStep},
            .seed = params.seed()};
}

} // namespace

void add_ensemble(assay::suite& suite) {
    assay::family_builder family = suite.custom<EnsembleCase>("ensemble", assay::shape::chain);
    family.help("one step of each of many independent fields, over the host's threads")
        .tags("field", "fft")
        .stateful();
    family.axis("n", {64, 128}).unit("{point}").help("points along each side").quick(1);
    family.axis("replicas", {1, 2, 4, 8, 16, 32})
        .unit("{replica}")
        .help("fields, each begun with noise of its own")
        .quick({8})
        .standard({1, 8, 32});
    add_method_axis(family);
    add_stepping_metrics(family);
    family.metric("scaling", "1", higher)
        .derived()
        .help("time of a step of one field alone on one thread, after the batch, x replicas / time "
              "of a step of all");
}

EnsembleCase::EnsembleCase(const assay::params& params)
    : host_(params.context())
    , options_(ensemble_options(params)) {
    const std::size_t replicas = replicas_of(params);
    for (std::size_t i = 0; i < replicas; ++i) {
        SubjectOptions one = options_;
        one.seed = options_.seed * 1'000'003 + i;
        fields_.push_back(planned_subject(params, one));
        options_.plans = one.plans;
    }
}

void EnsembleCase::verify(assay::context& host) {
    attach_config(host,
                  options_,
                  {{"replicas", std::to_string(fields_.size())},
                   {"threads", std::to_string(host.concurrency())}});
    for (const auto& field : fields_) {
        field->verify();
    }
}

void EnsembleCase::prepare(assay::batch&) {
    for (const auto& field : fields_) {
        field->restart();
    }
}

void EnsembleCase::run(assay::batch& batch) {
    const std::uint64_t begin = host_.now_ns();
    std::uint64_t done = 0;
    while (done < batch.iterations() && !batch.cancelled()) {
        const std::uint64_t some = std::min(batch.iterations() - done, kMostStepsAtOnce);
        host_.parallel_for(fields_.size(), 1, [&](std::uint64_t first, std::uint64_t last) {
            for (std::uint64_t i = first; i < last; ++i) {
                fields_[i]->steps(static_cast<std::size_t>(some));
            }
        });
        done += some;
    }
    elapsed_ = 1e-9 * static_cast<double>(host_.now_ns() - begin);
    batch.done(done);
}

double EnsembleCase::seconds_alone(std::uint64_t steps) {
    const std::uint64_t begin = host_.now_ns();
    for (std::uint64_t done = 0; done < steps;) { // as run() does: strang is cheaper in long runs
        const std::uint64_t some = std::min(steps - done, kMostStepsAtOnce);
        fields_.front()->steps(static_cast<std::size_t>(some));
        done += some;
    }
    return 1e-9 * static_cast<double>(host_.now_ns() - begin) / static_cast<double>(steps);
}

void EnsembleCase::finish(assay::batch& batch, assay::context& host) {
    for (const auto& field : fields_) {
        field->check_finite();
    }
    const auto done = static_cast<double>(batch.done());
    if (done * options_.stepping.dt <= kEnsembleDigestedUntil) {
        double mean = 0; // in the order of the fields, whatever thread stepped them
        for (const auto& field : fields_) {
            mean += field->mean_norm() / static_cast<double>(fields_.size());
        }
        batch.checksum(rounded_digest(mean));
    }
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    const auto replicas = static_cast<double>(fields_.size());
    report_stepping(
        host,
        {.steps = done * replicas, .points = options_.grid.points(), .dt = options_.stepping.dt});
    host.metric("scaling", seconds_alone(batch.done()) * replicas * done / elapsed_);
}

} // namespace assay::cgl
