#include "app/session/launch_metric.hpp"

namespace assay::app {
namespace {

// More samples than this per launch are summarised but not listed in documents.
constexpr std::size_t kListedSamplesMax = 4096;

} // namespace

report::MetricResult launch_metric(std::string key,
                                   std::string unit,
                                   measure::Direction direction,
                                   const std::vector<std::vector<double>>& launches) {
    report::MetricResult metric;
    metric.key = std::move(key);
    metric.unit = std::move(unit);
    metric.direction = direction;
    metric.summary = statistics::summarise(launches);
    if (metric.summary.n == 0) {
        metric.reason = "no observation";
    }
    // One entry per launch median, and in the same order: a launch without samples has none.
    std::size_t medians = 0;
    for (const std::vector<double>& samples : launches) {
        metric.launch_figures.push_back(
            samples.empty() ? std::nullopt
                            : std::optional(metric.summary.launch_medians[medians++]));
        if (samples.size() > kListedSamplesMax) {
            metric.launches.emplace_back(); // the summary has counted them all
        } else if (!samples.empty()) {
            metric.launches.push_back(samples);
        }
    }
    return metric;
}

} // namespace assay::app
