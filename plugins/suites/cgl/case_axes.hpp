// What the families share: axes, how a case reads them, the metrics of stepping, and the bound.
//
//   add_method_axis(family);  add_stepping_metrics(family);
//   SubjectOptions options{.impl = implementation_from(params.str("impl")), ...};
//   report_stepping(host, {.steps = done, .points = grid.points(), .dt = dt});
//
// Any thread; pair_seconds() that of its subject.
#pragma once

#include "step_subject.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <cstdint>

namespace assay::cgl {

// `method`: quick two, standard three, all four.
void add_method_axis(assay::family_builder& family);
// `dtype`: f64, f32; f64 alone in the shorter modes.
void add_precision_axis(assay::family_builder& family);
// Whether it is f32. Throws assay::config_error for other words.
[[nodiscard]] bool is_single(const assay::params& params);

// steps, points, sim_time_per_wall.
void add_stepping_metrics(assay::family_builder& family);

struct SteppingWork {
    double steps = 0;
    std::size_t points = 0;
    double dt = 0;
};

void report_stepping(assay::context& host, const SteppingWork& work);

// fft_bound_share of a batch that took so long and contains so many pairs of transforms: they are
// timed now, on the subject's own plan, as the median of a few rounds.
void add_bound_metric(assay::family_builder& family);
void report_bound(assay::context& host, StepSubject& subject, double pairs, double seconds);

// Of one pair of transforms: the median of some rounds, about as many pairs in all as given.
[[nodiscard]] double pair_seconds(assay::context& host, StepSubject& subject, double pairs);

// The same on every level of the processor: rounded to 1e-8. Never 0.
[[nodiscard]] std::uint64_t rounded_digest(double value);

} // namespace assay::cgl
