#include "step_case.hpp"

#include "case_axes.hpp"
#include "case_config.hpp"
#include "planning.hpp"

#include <algorithm>

namespace assay::cgl {
namespace {

constexpr double kTurbulentBox = 100, kTimeStep = 0.05;
constexpr double kDigestedUntil = 5;        // later a rounding has become another field
constexpr std::uint64_t kLongestSlice = 64; // steps between two looks at whether to stop

SubjectOptions options_of(const assay::params& params) {
    return {.impl = implementation_from(params.str("impl")),
            .single_precision = is_single(params),
            .grid = {.n = params.size("n"), .length = kTurbulentBox},
            .equation = {.c1 = 2, .c2 = -1},
            .stepping = {.method = method_from(params.str("method")),
                         .dt = kTimeStep,
                         .dealias = dealias_from(params.str("dealias"))},
            .seed = params.seed()};
}

} // namespace

void add_step(assay::suite& suite) {
    assay::family_builder family = suite.custom<StepCase>("step", assay::shape::chain);
    family.help("one step of a turbulent field, c1 2, c2 -1, box 100, dt 0.05")
        .tags("field", "fft")
        .stateful();
    family.axis("n", {64, 128, 256, 512, 1024})
        .unit("{point}")
        .help("points along each side")
        .quick({64, 128})
        .standard({64, 128, 256, 512});
    add_method_axis(family);
    add_precision_axis(family);
    family.axis("dealias", {"none", "two_thirds", "half"})
        .help("modes that are kept")
        .quick(1)
        .standard(1);
    family.axis("impl", {"assay", "fft_only", "euler_ref"})
        .variant("fft_only")
        .help("the solver, the transforms that its step contains, or a plain first-order step")
        .quick(2)
        .standard(2);
    add_stepping_metrics(family);
    add_bound_metric(family);
}

StepCase::StepCase(const assay::params& params)
    : host_(params.context())
    , options_(options_of(params))
    , subject_(planned_subject(params, options_)) {}

void StepCase::verify(assay::context& host) {
    attach_config(host, options_);
    subject_->verify();
}

void StepCase::prepare(assay::batch&) {
    subject_->restart();
}

void StepCase::run(assay::batch& batch) {
    const std::uint64_t begin = host_.now_ns();
    std::uint64_t done = 0;
    while (done < batch.iterations() && !batch.cancelled()) {
        const std::uint64_t some = std::min(batch.iterations() - done, kLongestSlice);
        subject_->steps(static_cast<std::size_t>(some));
        done += some;
    }
    elapsed_ = 1e-9 * static_cast<double>(host_.now_ns() - begin);
    batch.done(done);
}

void StepCase::finish(assay::batch& batch, assay::context& host) {
    subject_->check_finite();
    const auto done = static_cast<double>(batch.done());
    const double dt = options_.stepping.dt;
    if (options_.impl != Implementation::fft_only && done * dt <= kDigestedUntil) {
        batch.checksum(rounded_digest(subject_->mean_norm()));
    }
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    report_stepping(host, {.steps = done, .points = options_.grid.points(), .dt = dt});
    report_bound(host, *subject_, done * static_cast<double>(subject_->pairs_of_step()), elapsed_);
}

} // namespace assay::cgl
