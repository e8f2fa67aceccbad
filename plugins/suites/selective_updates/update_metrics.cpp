#include "update_metrics.hpp"

#include <string>

namespace assay::selective_updates {

namespace ai = active_inference;

assay::metric_builder
add_count(assay::family_builder family, std::string_view key, const std::string& unit) {
    return family.metric(key, unit + "/{iteration}", no_direction, assay::mean);
}

void add_update_metrics(assay::family_builder family) {
    add_count(family, "contractions_done", "{contraction}")
        .help("contractions of a tensor with beliefs computed");
    add_count(family, "contractions_skipped", "{contraction}")
        .help("contractions that were not needed because nothing they depend on changed");
    add_count(family, "ops_done", "{op}").help("multiply-adds and logarithms computed");
    add_count(family, "ops_skipped", "{op}")
        .help("multiply-adds and logarithms not needed; negative where an update takes more");
    add_count(family, "ops_total", "{op}")
        .help("what computing everything takes; done + skipped is checked against it");
    family.metric("savings", "1", higher, assay::mean).help("ops_skipped / ops_total").gate();
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
    add_count(family, "rebases", "{rebase}")
        .help("times that what is updated in place was computed from scratch, every 256 steps");
}

void BatchReport::work(const ai::UpdateWork& work) const {
    if (!work.adds_up()) {
        throw assay::failure(ASSAY_E_FAIL,
                             "operations do not add up: " + std::to_string(work.done.ops()) +
                                 " done + " + std::to_string(work.skipped.ops()) +
                                 " skipped, expected " + std::to_string(work.total.ops()));
    }
    count("contractions_done", work.done.contractions);
    count("contractions_skipped", work.skipped.contractions);
    count("ops_done", work.done.ops());
    count("ops_skipped", work.skipped.ops());
    count("ops_total", work.total.ops());
    share("savings", work.skipped.ops(), work.total.ops());
}

void BatchReport::count(std::string_view key, std::int64_t count) const {
    host_->metric(key, static_cast<double>(count) / static_cast<double>(iterations_));
}

void BatchReport::share(std::string_view key, std::int64_t part, std::int64_t whole) const {
    if (whole != 0) {
        host_->metric(key, static_cast<double>(part) / static_cast<double>(whole));
    }
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
