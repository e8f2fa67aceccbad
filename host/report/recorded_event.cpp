#include "report/recorded_event.hpp"

#include <assay/plugin.h>

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>
#include <utility>

namespace assay::report {
namespace {

constexpr double kNotTold = std::numeric_limits<double>::quiet_NaN();

// The one of `all` that the documents call so; nothing: an absent one, or of a newer Assay.
template <class Word, std::size_t n>
Word word_from(const std::array<Word, n>& all, std::string_view name, Word otherwise) {
    const auto found = std::ranges::find_if(all, [name](Word one) { return name_of(one) == name; });
    return found == all.end() ? otherwise : *found;
}

measure::Shape shape_from(std::string_view name) {
    using enum measure::Shape;
    return word_from(std::array{chain, independent, single, latency, manual}, name, independent);
}

measure::Clock clock_from(std::string_view name) {
    using enum measure::Clock;
    return word_from(std::array{wall, thread_cpu, process_cpu, manual}, name, automatic);
}

// A word that is none of these names a counter: it was measured.
measure::Provenance provenance_from(std::string_view name) {
    using enum measure::Provenance;
    return word_from(std::array{measured, derived, external}, name, measured);
}

measure::Aggregate aggregate_from(std::string_view name) {
    using enum measure::Aggregate;
    return word_from(std::array{samples, sum, max, last, rate, ratio, min, mean}, name, samples);
}

EventKind kind_from(std::string_view name) {
    using enum EventKind;
    return word_from(
        std::array{run_begin, suite_begin, case_begin, case_end, suite_end, run_end}, name, log);
}

double number_of(const json::value& value) {
    return value.is_number() ? value.to_number<double>() : kNotTold;
}

double number_in(const json::object& object, std::string_view key) {
    const json::value* const value = object.if_contains(key);
    return value == nullptr ? kNotTold : number_of(*value);
}

std::uint64_t count_in(const json::object& object, std::string_view key) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, json_int(object, key, 0)));
}

const json::array& list_in(const json::object& object, std::string_view key) {
    static const json::array none;
    const json::value* const value = object.if_contains(key);
    return value != nullptr && value->is_array() ? value->get_array() : none;
}

void take_launches(const json::object& document, MetricResult& metric) {
    for (const json::value& item : list_in(document, "launches")) {
        if (!item.is_object()) {
            continue;
        }
        metric.summary.launch_medians.push_back(number_in(item.get_object(), "median"));
        std::vector<double>& samples = metric.launches.emplace_back();
        for (const json::value& sample : list_in(item.get_object(), "samples")) {
            samples.push_back(number_of(sample));
        }
    }
}

statistics::Summary summary_from(const json::object& document) {
    statistics::Summary summary{.n = count_in(document, "n"),
                                .median = number_in(document, "median"),
                                .mean = number_in(document, "mean"),
                                .stddev = number_in(document, "stddev"),
                                .mad = number_in(document, "mad"),
                                .cv = number_in(document, "cv"),
                                .min = number_in(document, "min"),
                                .max = number_in(document, "max"),
                                .p05 = number_in(document, "p05"),
                                .p25 = number_in(document, "p25"),
                                .p75 = number_in(document, "p75"),
                                .p90 = number_in(document, "p90"),
                                .p95 = number_in(document, "p95"),
                                .p99 = number_in(document, "p99"),
                                .p999 = number_in(document, "p999"),
                                .interval = {},
                                .interval_level = number_in(document, "ci_level"),
                                .outliers = {},
                                .launch_medians = {}};
    if (const json::array& ends = list_in(document, "ci"); ends.size() == 2) {
        summary.interval = statistics::Interval{number_of(ends[0]), number_of(ends[1])};
    }
    return summary;
}

MetricResult metric_from(const json::object& document) {
    MetricResult metric;
    metric.key = json_string(document, "key");
    metric.unit = json_string(document, "unit");
    metric.direction = measure::direction_named(json_string(document, "direction"));
    metric.aggregate = aggregate_from(json_string(document, "aggregate"));
    metric.provenance = provenance_from(json_string(document, "provenance"));
    metric.clock = clock_from(json_string(document, "clock"));
    for (const auto& [key, flag] :
         {std::pair("gate", ASSAY_METRIC_GATE), std::pair("exact", ASSAY_METRIC_EXACT)}) {
        metric.flags |= json_bool(document, key, false) ? static_cast<std::uint32_t>(flag) : 0U;
    }
    metric.iterations = count_in(document, "iterations");
    metric.summary = summary_from(document);
    take_launches(document, metric);
    const json::value* const outliers = document.if_contains("outliers");
    if (outliers != nullptr && outliers->is_object()) {
        const json::object& counts = outliers->get_object();
        metric.summary.outliers = {count_in(counts, "mild"), count_in(counts, "severe")};
        metric.preempted = count_in(counts, "preempted");
        metric.faulted = count_in(counts, "faulted");
        metric.migrated = count_in(counts, "migrated");
    }
    return metric;
}

CaseResult result_from(const json::object& document) {
    CaseResult result;
    result.id = json_string(document, "id");
    result.suite = json_string(document, "suite");
    result.family = json_string(document, "family");
    result.shape = shape_from(json_string(document, "shape"));
    result.status = measure::case_status_from(json_string(document, "status"))
                        .value_or(measure::CaseStatus::unavailable);
    result.reason = json_string(document, "reason");
    for (const json::value& metric : list_in(document, "metrics")) {
        if (metric.is_object()) {
            result.metrics.push_back(metric_from(metric.get_object()));
        }
    }
    return result;
}

// Members of an event that have a place of their own.
bool is_placed(std::string_view key) {
    constexpr std::array<std::string_view, 8> kPlaced{
        "schema", "kind", "sequence", "unix_ns", "suite", "case_id", "text", "level"};
    return std::ranges::find(kPlaced, key) != kPlaced.end();
}

} // namespace

Event recorded_event(const json::object& document) {
    Event event;
    event.kind = kind_from(json_string(document, "kind"));
    event.unix_ns = count_in(document, "unix_ns");
    event.suite = json_string(document, "suite");
    event.case_id = json_string(document, "case_id");
    event.text = json_string(document, "text");
    event.level = level_named(json_string(document, "level"));
    for (const auto& member : document) {
        if (!is_placed(member.key())) {
            event.fields.emplace(member.key(), member.value());
        }
    }
    const json::value* const one = document.if_contains("case");
    if (event.kind == EventKind::case_end && one != nullptr && one->is_object()) {
        event.result = std::make_shared<const CaseResult>(result_from(one->get_object()));
    }
    return event;
}

} // namespace assay::report
