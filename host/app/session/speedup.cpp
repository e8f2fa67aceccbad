#include "app/session/speedup.hpp"

#include <cmath>

namespace assay::app {
namespace {

constexpr double kLevel = 0.95;

report::MetricResult derived(std::string key, std::string unit, std::string reason) {
    report::MetricResult metric;
    metric.key = std::move(key);
    metric.unit = std::move(unit);
    metric.direction = measure::Direction::higher;
    metric.provenance = measure::Provenance::derived;
    metric.aggregate = measure::Aggregate::ratio;
    metric.summary = statistics::summarise({});
    metric.reason = std::move(reason);
    return metric;
}

} // namespace

void Speedups::add_figures(report::CaseResult& result, const std::string& reference_id) const {
    if (result.status != measure::CaseStatus::passed || result.metrics.empty()) {
        return;
    }
    const auto reference = launch_medians_.find(reference_id);
    const std::vector<double>& own = result.metrics.front().summary.launch_medians;
    if (reference == launch_medians_.end() || reference->second.empty() || own.empty()) {
        result.metrics.push_back(
            derived("speedup", "1", "the reference " + reference_id + " was not measured"));
        return;
    }
    const statistics::RatioEstimate estimate =
        statistics::ratio_of_medians(reference->second, own, kLevel, seed_);
    report::MetricResult speedup = derived("speedup", "1", {});
    speedup.summary.n = own.size();
    speedup.summary.median = estimate.ratio;
    speedup.summary.interval = estimate.interval;
    speedup.summary.interval_level = kLevel;
    report::MetricResult saved = derived("time_saved", "s", {});
    saved.aggregate = measure::Aggregate::last;
    saved.summary.n = own.size();
    saved.summary.median = statistics::median(reference->second) - statistics::median(own);
    result.metrics.push_back(std::move(speedup));
    result.metrics.push_back(std::move(saved));
    result.extra["reference"] = reference_id;
}

std::vector<report::CaseResult> Speedups::settle(report::CaseResult result,
                                                 const std::optional<std::string>& reference_id) {
    std::vector<report::CaseResult> ready;
    if (reference_id && selected_.contains(*reference_id) &&
        !launch_medians_.contains(*reference_id)) {
        waiting_[*reference_id].push_back(std::move(result));
        return ready;
    }
    if (reference_id) {
        add_figures(result, *reference_id);
        ready.push_back(std::move(result));
        return ready;
    }
    const std::string id = result.id;
    // A wrong result is quick to come by: only what passed may be a reference.
    const bool usable = result.status == measure::CaseStatus::passed && !result.metrics.empty();
    launch_medians_[id] =
        usable ? result.metrics.front().summary.launch_medians : std::vector<double>{};
    ready.push_back(std::move(result));
    if (auto waiting = waiting_.extract(id); !waiting.empty()) {
        for (report::CaseResult& variant : waiting.mapped()) {
            add_figures(variant, id);
            ready.push_back(std::move(variant));
        }
    }
    return ready;
}

std::vector<report::CaseResult> Speedups::remaining() {
    std::vector<report::CaseResult> rest;
    for (auto& [id, variants] : waiting_) {
        for (report::CaseResult& variant : variants) {
            add_figures(variant, id);
            rest.push_back(std::move(variant));
        }
    }
    waiting_.clear();
    return rest;
}

} // namespace assay::app
