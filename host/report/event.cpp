#include "report/event.hpp"

#include "report/utf8_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <variant>

namespace assay::report {
namespace {

json::value text_or_null(std::string_view text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value parameter(const measure::ParameterValue& value) {
    return std::visit(
        [](const auto& held) -> json::value {
            using Held = std::decay_t<decltype(held)>;
            if constexpr (std::is_same_v<Held, double>) {
                return json_number(held);
            } else {
                return json::value(held);
            }
        },
        value);
}

// The figures of a summary under their names. Nothing observed: every one is null, never 0.
void add_figures(json::object& metric, const statistics::Summary& summary) {
    const std::array<std::pair<std::string_view, double>, 14> figures{{
        {"median", summary.median},
        {"mean", summary.mean},
        {"stddev", summary.stddev},
        {"mad", summary.mad},
        {"cv", summary.cv},
        {"min", summary.min},
        {"max", summary.max},
        {"p05", summary.p05},
        {"p25", summary.p25},
        {"p75", summary.p75},
        {"p90", summary.p90},
        {"p95", summary.p95},
        {"p99", summary.p99},
        {"p999", summary.p999},
    }};
    for (const auto& [name, value] : figures) {
        metric[name] = summary.n == 0 ? json::value(nullptr) : json_number(value);
    }
    const bool interval = summary.n != 0 && summary.interval &&
                          std::isfinite(summary.interval->low) &&
                          std::isfinite(summary.interval->high);
    if (interval) {
        metric["ci"] =
            json::array{json_number(summary.interval->low), json_number(summary.interval->high)};
    } else {
        metric["ci"] = nullptr;
    }
    metric["ci_level"] = json_number(summary.interval_level);
}

json::value count_or_null(const std::optional<std::uint64_t>& count) {
    return count ? json_count(*count) : json::value(nullptr);
}

json::value outliers(const MetricResult& metric) {
    if (metric.summary.n == 0) {
        return nullptr;
    }
    json::object labels;
    labels["mild"] = json_count(metric.summary.outliers.mild);
    labels["severe"] = json_count(metric.summary.outliers.severe);
    labels["preempted"] = json_count(metric.preempted);
    labels["faulted"] = json_count(metric.faulted);
    labels["migrated"] = json_count(metric.migrated);
    labels["interrupted"] = json_count(metric.interrupted);
    labels["stolen"] = count_or_null(metric.stolen);
    labels["throttled"] = count_or_null(metric.throttled);
    return labels;
}

json::array numbers(const std::vector<double>& values) {
    json::array all;
    all.reserve(values.size());
    for (const double value : values) {
        all.push_back(json_number(value));
    }
    return all;
}

json::value number_or_null(const std::optional<double>& value) {
    return value ? json_number(*value) : json::value(nullptr);
}

// Pairs of a bucket's lower end in nanoseconds and its count: the recorded durations themselves
// below 2 048 ns, and within 0.1 % above (support/latency_histogram.hpp).
json::array pairs(const LatencyHistogram& histogram) {
    json::array all;
    for (const LatencyHistogram::Bucket& bucket : histogram.buckets()) {
        all.push_back(json::array{json_count(bucket.low_ns), json_count(bucket.count)});
    }
    return all;
}

void add_facts(json::object& launch, const LaunchFacts& facts) {
    launch["warmup_slices"] =
        facts.warmup_slices ? json_count(*facts.warmup_slices) : json::value(nullptr);
    launch["steady"] = facts.steady ? json::value(*facts.steady) : json::value(nullptr);
    launch["stolen_s"] = number_or_null(facts.stolen_s);
    launch["throttled_s"] = number_or_null(facts.throttled_s);
    if (!facts.lanes.empty()) {
        json::array lanes;
        for (const std::vector<double>& samples : facts.lanes) {
            lanes.push_back(numbers(samples));
        }
        launch["lanes"] = std::move(lanes);
        launch["overlap"] = number_or_null(facts.overlap);
    }
    if (!facts.histogram.empty()) {
        launch["histogram"] = pairs(facts.histogram);
    }
}

json::object mode(const statistics::Mode& mode) {
    return {{"value", json_number(mode.value)}, {"share", json_number(mode.share)}};
}

json::array bimodality(const MetricResult& metric) {
    json::array all;
    for (const Bimodality& found : metric.bimodal) {
        all.push_back(json::object{{"of", found.of},
                                   {"dip", json_number(found.modes.dip)},
                                   {"level", json_number(statistics::kModesLevel)},
                                   {"modes", {mode(found.modes.low), mode(found.modes.high)}}});
    }
    return all;
}

void add_percentiles(json::object& document, const MetricResult& metric) {
    if (metric.percentiles.empty()) {
        return;
    }
    json::object intervals;
    for (const statistics::Percentile& percentile : metric.percentiles) {
        intervals[percentile.name] =
            percentile.interval ? json::value(json::array{json_number(percentile.interval->low),
                                                          json_number(percentile.interval->high)})
                                : json::value(nullptr);
    }
    document["p50"] = json_number(metric.percentiles.front().value);
    document["percentile_ci"] = std::move(intervals);
}

json::array launches(const MetricResult& metric) {
    const std::vector<double>& medians = metric.summary.launch_medians;
    json::array all;
    for (std::size_t i = 0; i < std::max(medians.size(), metric.launches.size()); ++i) {
        json::array samples;
        if (i < metric.launches.size()) {
            samples = numbers(metric.launches[i]);
        }
        json::object launch;
        launch["median"] = i < medians.size() ? json_number(medians[i]) : json::value(nullptr);
        launch["samples"] = std::move(samples);
        if (i < metric.facts.size()) {
            add_facts(launch, metric.facts[i]);
        }
        all.push_back(std::move(launch));
    }
    return all;
}

json::object to_json(const MetricResult& metric) {
    json::object document;
    document["key"] = metric.key;
    document["unit"] = metric.unit;
    document["direction"] = name_of(metric.direction);
    document["aggregate"] = name_of(metric.aggregate);
    document["provenance"] = metric.provenance_text.empty()
                                 ? json::value(name_of(metric.provenance))
                                 : json::value(metric.provenance_text);
    document["clock"] = clock_value(metric.clock);
    document["gate"] = (metric.flags & ASSAY_METRIC_GATE) != 0;
    document["exact"] = (metric.flags & ASSAY_METRIC_EXACT) != 0;
    document["companion"] = text_or_null(metric.companion);
    document["reason"] = text_or_null(metric.reason);
    document["n"] = json_count(metric.summary.n);
    document["iterations"] =
        metric.iterations == 0 ? json::value(nullptr) : json_count(metric.iterations);
    if (metric.scales) {
        document["scales"] = *metric.scales;
    }
    add_figures(document, metric.summary);
    add_percentiles(document, metric);
    if (metric.overlap) {
        document["overlap"] = json_number(*metric.overlap);
    }
    if (!metric.facts.empty()) {
        document["bimodal"] = bimodality(metric);
    }
    document["outliers"] = outliers(metric);
    document["launches"] = launches(metric);
    return document;
}

constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warn", "error"};

std::string_view level_name(std::int32_t level) noexcept {
    return kLevels[static_cast<std::size_t>(std::clamp(level, 0, 3))];
}

} // namespace

std::string_view name_of(EventKind kind) noexcept {
    switch (kind) {
    case EventKind::run_begin:
        return "run_begin";
    case EventKind::suite_begin:
        return "suite_begin";
    case EventKind::case_begin:
        return "case_begin";
    case EventKind::case_end:
        return "case_end";
    case EventKind::suite_end:
        return "suite_end";
    case EventKind::run_end:
        return "run_end";
    case EventKind::progress:
        return "progress";
    case EventKind::log:
        return "log";
    case EventKind::gate:
        return "gate";
    case EventKind::alert:
        return "alert";
    case EventKind::document:
        return "document";
    }
    return "unknown";
}

std::int32_t level_named(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(kLevels, name);
    return found == kLevels.end() ? ASSAY_LOG_INFO
                                  : static_cast<std::int32_t>(found - kLevels.begin());
}

json::value clock_value(measure::Clock clock) {
    return clock == measure::Clock::automatic ? json::value(nullptr) : json::value(name_of(clock));
}

json::object to_json(const CaseResult& result) {
    json::object document;
    document["id"] = result.id;
    document["suite"] = result.suite;
    document["family"] = result.family;
    json::object params;
    for (const auto& [name, value] : result.params) {
        params[name] = parameter(value);
    }
    document["params"] = std::move(params);
    document["shape"] = name_of(result.shape);
    document["status"] = name_of(result.status);
    document["reason"] = text_or_null(result.reason);
    document["verified"] = result.verified;
    json::array metrics;
    metrics.reserve(result.metrics.size());
    for (const MetricResult& metric : result.metrics) {
        metrics.push_back(to_json(metric));
    }
    document["metrics"] = std::move(metrics);
    json::array notes;
    for (const std::string& note : result.notes) {
        notes.emplace_back(note);
    }
    document["notes"] = std::move(notes);
    for (const auto& entry : result.extra) {
        document.emplace(entry.key(), entry.value()); // a fixed field is never overwritten
    }
    json::value whole(std::move(document));
    make_valid_utf8(whole);
    return std::move(whole.get_object());
}

json::value to_json(const Event& event) {
    json::object document;
    document["schema"] = "assay.event/1";
    document["kind"] = name_of(event.kind);
    document["sequence"] = json_count(event.sequence);
    document["unix_ns"] = json_count(event.unix_ns);
    document["suite"] = text_or_null(event.suite);
    document["case_id"] = text_or_null(event.case_id);
    document["text"] = text_or_null(event.text);
    if (event.kind == EventKind::log) {
        document["level"] = level_name(event.level);
    }
    if (event.kind == EventKind::progress) {
        document["done"] = json_number(event.done);
    }
    if (event.result != nullptr && !event.fields.contains("case")) {
        document["case"] = to_json(*event.result);
    }
    for (const auto& entry : event.fields) {
        document.emplace(entry.key(), entry.value());
    }
    json::value whole(std::move(document));
    make_valid_utf8(whole);
    return whole;
}

} // namespace assay::report
