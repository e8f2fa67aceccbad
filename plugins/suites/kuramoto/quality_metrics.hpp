// What a case reports beside the time: how much was stepped, and how far oscillators agreed.
//
//   add_step_metrics(family);
//   StepCount count{.oscillators = n, .steps = done, .stages = stages, .busy_ns = ns};
//   report_steps(host, count);
//
// Pure but for what is reported.
#pragma once

#include <assay/suite.hpp>

#include <cstdint>

namespace assay::kuramoto_suite {

void add_step_metrics(assay::family_builder family);

struct StepCount {
    double oscillators = 0; // of all replicas
    std::uint64_t steps = 0, stages = 0;
    std::uint64_t busy_ns = 0;
};

void report_steps(assay::context& host, const StepCount& count);

// r at the end of a batch.
void add_order_metric(assay::family_builder family);

} // namespace assay::kuramoto_suite
