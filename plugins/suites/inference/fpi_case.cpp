#include "fpi_case.hpp"

#include "active_inference/number_text.hpp"
#include "fpi_verification.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::size_t kSweepsWithoutTolerance = 10, kFixedPointSweepsMax = 100;

ai::Schedule sweep_schedule(const assay::params& params) {
    const std::string name = params.str("schedule");
    if (name == "sequential") {
        return ai::Schedule::sequential;
    }
    if (name == "parallel") {
        return ai::Schedule::parallel;
    }
    if (name == "parallel_damped") {
        return ai::Schedule::parallel_damped;
    }
    throw assay::config_error("schedule=" + name +
                              ": expected sequential, parallel or parallel_damped");
}

ai::FixedPointOptions fixed_point_options(const assay::params& params) {
    const double tolerance = params.f64("tolerance");
    if (!std::isfinite(tolerance) || tolerance < 0) {
        throw assay::config_error("tolerance=" + ai::number_text(tolerance) +
                                  ": expected 0 (all 10 sweeps) or a change of F in nats");
    }
    return {.schedule = sweep_schedule(params),
            .max_sweeps = tolerance > 0 ? kFixedPointSweepsMax : kSweepsWithoutTolerance,
            .tolerance = tolerance};
}

ai::LogLikelihoodOptions likelihood_options(const assay::params& params) {
    const std::string name = params.str("log_likelihood");
    if (name != "computed" && name != "kept") {
        throw assay::config_error("log_likelihood=" + name + ": expected computed or kept");
    }
    return {.cached = name == "kept"};
}

} // namespace

ai::FixedPointOptions FpiCase::watched(ai::FixedPointOptions options) {
    options.cancelled = [this] { return running_ != nullptr && running_->cancelled(); };
    return options;
}

FpiCase::FpiCase(InferenceProblem problem, const assay::params& params)
    : problem_(std::move(problem))
    , options_(fixed_point_options(params))
    , likelihood_(likelihood_options(params))
    , clock_(&params.context())
    , infer_(problem_.model, watched(options_), likelihood_)
    , q_(problem_.model.state_counts) {}

void FpiCase::verify(assay::context& host) {
    const FpiQuality quality = verify_fpi(problem_, options_, likelihood_);
    host.metric("values_verified", static_cast<double>(quality.values_compared));
    host.metric("sweeps", quality.sweeps);
    host.metric("free_energy", quality.free_energy);
    host.metric("converged", quality.converged);
    if (quality.error && quality.gap) {
        host.metric("error", *quality.error);
        host.metric("evidence_gap", std::max(0.0, *quality.gap)); // verified to be one
    }
}

void FpiCase::run(assay::batch& batch) {
    running_ = &batch;
    before_ = infer_.work();
    ai::ResultDigest digest;
    bool all_converged = true;
    std::uint64_t done = 0;
    std::size_t next = 0;
    const std::uint64_t begin = clock_->now_ns();
    for (; done < batch.iterations(); ++done) {
        const ai::FixedPointResult found = infer_(problem_.observations[next], problem_.prior, q_);
        if (found.cancelled) {
            break;
        }
        digest.add(q_.values());
        all_converged = all_converged && found.converged;
        next = next + 1 == problem_.observations.size() ? 0 : next + 1;
    }
    run_ns_ = clock_->now_ns() - begin;
    digest_ = digest;
    all_converged_ = all_converged;
    batch.done(done);
    running_ = nullptr;
    ran_ = true;
}

void FpiCase::finish(assay::batch& batch, assay::context& host) {
    if (!std::exchange(ran_, false)) {
        return;
    }
    batch.checksum(digest_.value());
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    const ai::InferenceWork now = infer_.work();
    const auto each = [&](std::uint64_t after, std::uint64_t before) {
        return static_cast<double>(after - before) / static_cast<double>(batch.done());
    };
    host.metric("contractions", each(now.contractions, before_.contractions));
    host.metric("multiply_adds", each(now.multiply_adds, before_.multiply_adds));
    host.metric("logarithms", each(now.logarithms, before_.logarithms));
    if (options_.tolerance > 0 && all_converged_) {
        host.metric("time_to_tolerance", each(run_ns_, 0));
    }
}

void add_fpi_axes(assay::family_builder family) {
    family.axis("schedule", {"sequential", "parallel", "parallel_damped"})
        .help("factors in turn from the newest beliefs, or all from the old ones, as they come or "
              "half mixed with the old")
        .variant("sequential")
        .quick(1);
    family.axis("log_likelihood", {"computed", "kept"})
        .help("ln A of what is observed: computed in each inference, or kept of the whole model")
        .variant("computed");
    family.axis("tolerance", {0.0, 1e-3})
        .unit("{nat}")
        .help("stop when F changes by less, after 100 sweeps at the latest; 0: always 10 sweeps")
        .quick(1)
        .standard(1);
}

void add_fpi_metrics(assay::family_builder family) {
    family.metric("sweeps", "{sweep}", assay::no_direction, assay::mean)
        .help("sweeps of an inference, mean over the observations")
        .exact();
    family.metric("free_energy", "{nat}", assay::lower, assay::mean)
        .help("variational free energy at the end, mean over the observations")
        .exact();
    family.metric("evidence_gap", "{nat}", assay::lower, assay::mean)
        .help("free_energy + ln p(o) by enumeration: at least 0; up to 1e6 joint states")
        .exact();
    family.metric("error", "1", assay::lower, assay::max)
        .help("largest |q - exact marginal| over all observations; up to 1e6 joint states")
        .exact();
    family.metric("converged", "1", assay::higher, assay::mean)
        .help("share of the observations whose last sweep changed F by less than the tolerance "
              "(1e-3 where that is 0)")
        .exact();
    family.metric("contractions", "{contraction}", assay::no_direction, assay::mean)
        .help("tensor contractions of an inference, counted in the timed batches");
    family.metric("multiply_adds", "{op}", assay::no_direction, assay::mean)
        .help("multiply-adds of an inference's contractions");
    family.metric("logarithms", "{logarithm}", assay::no_direction, assay::mean)
        .help("logarithms of likelihood and prior entries in an inference");
    family.metric("time_to_tolerance", "ns", assay::lower)
        .help("time of an inference; unavailable where one of the batch did not converge and "
              "where tolerance is 0");
    family.metric("values_verified", "{value}", assay::no_direction, assay::sum)
        .help("beliefs and free energies that verification compared")
        .exact();
}

void add_fpi(assay::suite& suite, const ModelAxis& models) {
    auto family = suite.custom<FpiCase>("fpi", assay::shape::independent);
    family.help("beliefs about the hidden states from one observation, fixed-point iteration")
        .tags("active-inference", "state-inference");
    models.add(
        family,
        {.names = {"5x5", "20x20", "ring6x8", "10x10x5", "50x50", "100x100", "30x30x30"},
         .quick = 3,
         .help = "states of each factor, as many modalities that see all; ringNxS: modality i of "
                 "N sees factors i and i + 1"});
    add_fpi_axes(family);
    add_fpi_metrics(family);
}

} // namespace assay::inference
