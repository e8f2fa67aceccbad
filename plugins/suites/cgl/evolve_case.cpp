#include "evolve_case.hpp"

#include "case_axes.hpp"
#include "case_config.hpp"
#include "observables.hpp"
#include "planning.hpp"

namespace assay::cgl {
namespace {

constexpr double kEvolveBox = 100, kEvolveStep = 0.05;
constexpr std::size_t kEvolveSteps = 10;

SubjectOptions evolve_options(const assay::params& params) {
    return {.impl = implementation_from(params.str("impl")),
            .grid = {.n = params.size("n"), .length = kEvolveBox},
            .equation = {.c1 = 2, .c2 = -1},
            .stepping = {.method = method_from(params.str("method")), .dt = kEvolveStep},
            .begin = initial_field_from(params.str("ic")),
            .warm_steps = 0,
            .seed = params.seed()};
}

} // namespace

void add_evolve(assay::suite& suite) {
    assay::family_builder family = suite.custom<EvolveCase>("evolve", assay::shape::independent);
    family.help("ten steps from an initial field, transforms at both ends included")
        .tags("field", "fft");
    family.axis("n", {32, 64, 128, 256}).unit("{point}").help("points along each side").quick({64});
    add_method_axis(family);
    family.axis("ic", {"noise", "plane", "spiral", "gauss", "smooth"})
        .help("the field to begin with")
        .quick({"noise"})
        .standard({"noise", "spiral"});
    family.axis("impl", {"assay", "fft_only", "euler_ref"})
        .variant("fft_only")
        .help("the solver, the transforms that it contains, or a plain first-order step")
        .quick(2)
        .standard(2);
    add_stepping_metrics(family);
    add_bound_metric(family);
}

EvolveCase::EvolveCase(const assay::params& params)
    : host_(params.context())
    , options_(evolve_options(params))
    , subject_(planned_subject(params, options_))
    , end_(options_.grid.points()) {}

void EvolveCase::verify(assay::context& host) {
    attach_config(host, options_);
    subject_->verify();
    subject_->restart();
}

void EvolveCase::run(assay::batch& batch) {
    const std::uint64_t begin = host_.now_ns();
    std::uint64_t done = 0;
    for (; done < batch.iterations() && !batch.cancelled(); ++done) {
        subject_->evolve(kEvolveSteps, end_);
    }
    elapsed_ = 1e-9 * static_cast<double>(host_.now_ns() - begin);
    batch.done(done);
}

void EvolveCase::finish(assay::batch& batch, assay::context& host) {
    subject_->check_finite();
    if (batch.done() == 0) {
        return;
    }
    if (options_.impl != Implementation::fft_only) {
        batch.checksum(rounded_digest(field_means(end_).norm));
    }
    if (batch.is_warmup()) {
        return;
    }
    const auto done = static_cast<double>(batch.done());
    report_stepping(host,
                    {.steps = done * kEvolveSteps,
                     .points = options_.grid.points(),
                     .dt = options_.stepping.dt});
    const std::size_t pairs = kEvolveSteps * subject_->pairs_of_step() + subject_->pairs_at_ends();
    report_bound(host, *subject_, done * static_cast<double>(pairs), elapsed_);
}

} // namespace assay::cgl
