#include "quality_metrics.hpp"

namespace assay::kuramoto_suite {

void add_step_metrics(assay::family_builder family) {
    family.metric("osc_steps", "{osc.step}/s", assay::higher, assay::rate)
        .help("oscillators times steps in a second");
    family.metric("time_per_osc_stage", "s/{osc.stage}", assay::lower)
        .help("time of a batch / (oscillators * right-hand sides), refused steps included");
    family.metric("stages_per_step", "{stage}/{step}", assay::lower, assay::mean)
        .help("right-hand sides of an accepted step: 4 of rk4, 6 and more of dopri5");
}

void report_steps(assay::context& host, const StepCount& count) {
    host.metric("osc_steps", count.oscillators * static_cast<double>(count.steps));
    const auto stages = static_cast<double>(count.stages);
    host.metric("time_per_osc_stage",
                static_cast<double>(count.busy_ns) * 1e-9 / (count.oscillators * stages));
    host.metric("stages_per_step", stages / static_cast<double>(count.steps));
}

void add_order_metric(assay::family_builder family) {
    family.metric("order_parameter", "1", assay::no_direction, assay::mean)
        .help("r = |sum of exp(i theta)| / N at the end of a batch, within 5 s of the model");
}

} // namespace assay::kuramoto_suite
