#include "update_metrics.hpp"

#include <string>

namespace assay::selective_updates {

namespace ai = active_inference;

void add_update_metrics(assay::family_builder family) {
    family.metric("contractions_done", "{contraction}", no_direction, assay::sum)
        .help("contractions of a tensor with beliefs computed");
    family.metric("contractions_skipped", "{contraction}", no_direction, assay::sum)
        .help("contractions that were not needed because nothing they depend on changed");
    family.metric("ops_done", "{op}", no_direction, assay::sum)
        .help("multiply-adds and logarithms computed");
    family.metric("ops_skipped", "{op}", no_direction, assay::sum)
        .help("multiply-adds and logarithms not needed; negative where an update takes more");
    family.metric("ops_total", "{op}", no_direction, assay::sum)
        .help("what computing everything takes; done + skipped is checked against it");
    family.metric("savings", "1", higher, assay::ratio("ops_skipped", "ops_total"))
        .help("ops_skipped / ops_total")
        .gate();
    family.metric("max_abs_error", "1", lower, assay::max)
        .help("largest difference from the full computation, found by verification")
        .gate();
    family.metric("error_bound", "1", no_direction, assay::max)
        .help("what max_abs_error is held to; unavailable where nothing is promised")
        .derived();
    family.metric("values_verified", "{value}", no_direction, assay::sum)
        .help("numbers that verification compared")
        .exact();
}

void add_rebase_metric(assay::family_builder family) {
    family.metric("rebases", "{rebase}", no_direction, assay::sum)
        .help("times that what is updated in place was computed from scratch, every 256 steps");
}

void report_work(assay::context& host, const ai::UpdateWork& work) {
    if (!work.adds_up()) {
        throw assay::failure(ASSAY_E_FAIL,
                             "operations do not add up: " + std::to_string(work.done.ops()) +
                                 " done + " + std::to_string(work.skipped.ops()) +
                                 " skipped, expected " + std::to_string(work.total.ops()));
    }
    host.metric("contractions_done", static_cast<double>(work.done.contractions));
    host.metric("contractions_skipped", static_cast<double>(work.skipped.contractions));
    host.metric("ops_done", static_cast<double>(work.done.ops()));
    host.metric("ops_skipped", static_cast<double>(work.skipped.ops()));
    host.metric("ops_total", static_cast<double>(work.total.ops()));
}

void report_rebases(assay::context& host, std::uint64_t rebases) {
    host.metric("rebases", static_cast<double>(rebases));
}

void report_error(assay::context& host, const UpdateError& error) {
    if (error.largest) {
        host.metric("max_abs_error", *error.largest);
    }
    if (error.bound) {
        host.metric("error_bound", *error.bound);
    }
    host.metric("values_verified", static_cast<double>(error.values));
}

} // namespace assay::selective_updates
