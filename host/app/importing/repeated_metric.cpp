#include "app/importing/repeated_metric.hpp"

#include "history/case_points.hpp"
#include "history/units.hpp"
#include "statistics/summary.hpp"
#include "support/sha256.hpp"
#include "support/text.hpp"

#include <assay/plugin.h>

#include <algorithm>

namespace assay::app {
namespace {

using measure::ImportedMetric;

std::optional<double> center_of(const ImportedMetric& metric) {
    if (!metric.samples.empty()) {
        return statistics::median(metric.samples);
    }
    return metric.median ? metric.median : metric.mean;
}

// All repeats as one metric.
ImportedMetric merged(std::span<const ImportedMetric> repeats) {
    ImportedMetric all = repeats.front();
    if (repeats.size() == 1) {
        return all;
    }
    ImportedMetric made{.key = all.key,
                        .unit = all.unit,
                        .source_unit = all.source_unit,
                        .direction = all.direction,
                        .clock = all.clock,
                        .exact = all.exact};
    const bool launches = std::ranges::any_of(
        repeats, [](const ImportedMetric& one) { return one.launches.size() > 1; });
    for (const ImportedMetric& one : repeats) {
        const std::size_t before = made.samples.size();
        if (one.samples.empty()) {
            made.samples.push_back(center_of(one).value_or(0)); // it has one: imported_event.cpp
        }
        made.samples.insert(made.samples.end(), one.samples.begin(), one.samples.end());
        if (launches && !one.launches.empty()) {
            made.launches.insert(made.launches.end(), one.launches.begin(), one.launches.end());
        } else if (launches) {
            made.launches.push_back(made.samples.size() - before);
        }
    }
    made.n = made.samples.size();
    return made;
}

void scale(ImportedMetric& metric, double factor) {
    for (double& sample : metric.samples) {
        sample *= factor;
    }
    for (std::optional<double>* figure : {&metric.median,
                                          &metric.mean,
                                          &metric.stddev,
                                          &metric.min,
                                          &metric.max,
                                          &metric.p95,
                                          &metric.p99,
                                          &metric.lo,
                                          &metric.hi}) {
        if (*figure) {
            **figure *= factor;
        }
    }
}

history::Samples samples_of(const ImportedMetric& metric) {
    history::Samples samples;
    if (metric.samples.empty()) {
        return samples;
    }
    const std::vector<std::uint64_t> one_launch{metric.samples.size()};
    auto from = metric.samples.begin();
    for (const std::uint64_t length : metric.launches.empty() ? one_launch : metric.launches) {
        const auto to = from + static_cast<std::ptrdiff_t>(length);
        samples.launches.emplace_back(from, to);
        if (metric.launches.size() > 1) {
            samples.launch_medians.push_back(statistics::median(samples.launches.back()));
        }
        from = to;
    }
    return samples;
}

history::Figures figures_of(const ImportedMetric& metric, const history::Samples& samples) {
    history::Figures figures{.lo = metric.lo,
                             .hi = metric.hi,
                             .spread = metric.stddev,
                             .min = metric.min,
                             .max = metric.max,
                             .p95 = metric.p95,
                             .p99 = metric.p99,
                             .n = std::max<std::uint64_t>(metric.n, 1),
                             .n_launches = samples.launches.size()};
    if (metric.samples.empty()) {
        figures.center = center_of(metric).value_or(0);
        return figures;
    }
    const std::vector<double>& independent =
        samples.launch_medians.empty() ? metric.samples : samples.launch_medians;
    figures.center = statistics::median(independent);
    const std::vector<double> sorted = statistics::sorted_copy(metric.samples);
    figures.min = sorted.front();
    figures.max = sorted.back();
    figures.n = sorted.size();
    if (sorted.size() > 1) {
        figures.spread = history::robust_spread(independent);
        figures.p95 = statistics::quantile_sorted(sorted, 0.95);
        figures.p99 = statistics::quantile_sorted(sorted, 0.99);
    }
    return figures;
}

bool is_a_time(const ImportedMetric& metric) {
    return metric.unit == "s" && metric.key.find("time") != std::string::npos;
}

} // namespace

Result<history::Point> imported_point(std::span<const ImportedMetric> repeats,
                                      measure::Direction fallback) {
    const ImportedMetric& first = repeats.front();
    for (const ImportedMetric& one : repeats) {
        if (one.unit != first.unit || one.direction != first.direction) {
            return Error{.kind = ErrorKind::plugin,
                         .message = "metric '" + first.key + "' is in " + first.source_unit +
                                    " and, repeated, in " + one.source_unit,
                         .hint = {}};
        }
    }
    ImportedMetric metric = merged(repeats);
    const history::BaseUnit unit = history::base_unit(metric.unit);
    if (unit.known && unit.factor != 1) {
        scale(metric, unit.factor);
    }
    metric.unit = unit.unit;
    history::Point point;
    point.samples = samples_of(metric);
    point.figures = figures_of(metric, point.samples);
    if (is_a_time(metric) && point.figures->center < 0) {
        return Error{.kind = ErrorKind::plugin,
                     .message = "metric '" + metric.key +
                                "' is negative: " + shortest(point.figures->center),
                     .hint = {}};
    }
    point.flags = history::point_flag::imported | (metric.exact ? history::point_flag::exact : 0);
    point.series.metric = metric.key;
    point.series.unit = metric.unit;
    point.series.source_unit = metric.source_unit;
    point.series.direction =
        metric.direction == measure::Direction::none ? fallback : metric.direction;
    point.series.clock = metric.clock == measure::Clock::automatic
                             ? ""
                             : std::string(measure::name_of(metric.clock));
    point.series.flags = metric.exact ? static_cast<std::uint32_t>(ASSAY_METRIC_EXACT) : 0;
    return point;
}

std::string content_digest(const history::Run& run) {
    Sha256 hash;
    const auto put = [&hash](const std::string& text) {
        hash.update(text);
        hash.update(std::string_view("\0", 1));
    };
    put(run.git.sha);
    put(run.git.branch);
    put(std::to_string(run.metadata.contains("date") ? 0 : run.started));
    put(run.platform.fingerprint);
    put(canonical_json(run.environment));
    for (const history::Point& point : run.points) {
        put(point.series.case_id);
        put(point.series.metric);
        put(point.figures ? shortest(point.figures->center) : "");
        put(std::to_string(point.figures ? point.figures->n : 0));
    }
    for (const history::Failure& failure : run.failures) {
        put(failure.case_id);
        put(std::string(measure::name_of(failure.status)));
    }
    return hash.finish();
}

} // namespace assay::app
