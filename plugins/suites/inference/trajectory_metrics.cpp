#include "trajectory_metrics.hpp"

namespace assay::inference {

namespace ai = active_inference;

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
        .help("largest |q - exact marginal| over all steps; unavailable where the transitions "
              "between "
              "joint states, of all actions of the window, are more than 2^23 numbers")
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

} // namespace assay::inference
