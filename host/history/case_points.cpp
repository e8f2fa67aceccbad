#include "history/case_points.hpp"

#include "history/units.hpp"
#include "statistics/robust_scale.hpp"
#include "statistics/summary.hpp"

#include <assay/plugin.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace assay::history {
namespace {

using measure::CaseStatus;

std::optional<double> number_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_number()) {
        return std::nullopt;
    }
    const auto number = value->to_number<double>();
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

const json::array& list_in(const json::object& object, std::string_view key) {
    static const json::array none;
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_array() ? value->get_array() : none;
}

std::uint64_t count_in(const json::object& object, std::string_view key, std::uint64_t fallback) {
    const std::int64_t count = json_int(object, key, -1);
    return count < 0 ? fallback : static_cast<std::uint64_t>(count);
}

std::uint32_t flags_of(const json::object& metric) {
    std::uint32_t told = 0;
    if (json_bool(metric, "gate", false)) {
        told |= ASSAY_METRIC_GATE;
    }
    if (json_bool(metric, "exact", false)) {
        told |= ASSAY_METRIC_EXACT;
    }
    return static_cast<std::uint32_t>(count_in(metric, "flags", told));
}

// Finite numbers of a list, in SI base units.
std::vector<double> numbers(const json::array& list, double factor) {
    std::vector<double> values;
    values.reserve(list.size());
    for (const json::value& item : list) {
        const double value = item.is_number() ? item.to_number<double>() * factor : NAN;
        if (std::isfinite(value)) {
            values.push_back(value);
        }
    }
    return values;
}

Samples samples_of(const json::object& metric, double factor) {
    Samples samples;
    bool any = false;
    for (const json::value& item : list_in(metric, "launches")) {
        if (!item.is_object()) {
            continue;
        }
        if (const auto median = number_in(item.get_object(), "median")) {
            samples.launch_medians.push_back(*median * factor);
        }
        samples.launches.push_back(numbers(list_in(item.get_object(), "samples"), factor));
        any = any || !samples.launches.back().empty();
    }
    if (!any) {
        samples.launches.clear();
    }
    return samples;
}

// The launches' where there are some, for they are the independent observations.
std::optional<double> spread_of(const json::object& metric, const Samples& samples, double factor) {
    if (metric.contains("spread")) {
        const auto told = number_in(metric, "spread");
        return told ? std::optional(*told * factor) : std::nullopt;
    }
    if (const auto of_launches = robust_spread(samples.launch_medians)) {
        return of_launches;
    }
    const auto of_samples = number_in(metric, "mad");
    return of_samples && count_in(metric, "n", 0) > 1
               ? std::optional(statistics::kMadToSigma * *of_samples * factor)
               : std::nullopt;
}

Figures figures_of(const json::object& metric, const Samples& samples, double factor) {
    const auto scaled = [&](std::string_view key) {
        const auto number = number_in(metric, key);
        return number ? std::optional(*number * factor) : std::nullopt;
    };
    Figures figures{.center = *scaled("median"),
                    .spread = spread_of(metric, samples, factor),
                    .min = scaled("min"),
                    .max = scaled("max"),
                    .p95 = scaled("p95"),
                    .p99 = scaled("p99"),
                    .n = count_in(metric, "n", 0),
                    .n_launches = count_in(metric, "n_launches", samples.launch_medians.size())};
    if (const json::array& interval = list_in(metric, "ci"); interval.size() == 2) {
        const auto end = [&](std::size_t i) {
            const json::value& value = interval[i];
            return value.is_number() ? std::optional(value.to_number<double>() * factor)
                                     : std::nullopt;
        };
        figures.lo = end(0);
        figures.hi = end(1);
    }
    return figures;
}

// Why the figure is none, or "".
std::string what_is_wrong(const json::object& metric, const std::string& key) {
    constexpr std::array<std::string_view, 5> kNeverNegative{
        "time", "wall_time", "cpu_time", "setup_time", "first_iteration"};
    const auto center = number_in(metric, "median");
    if (!center) {
        return "metric '" + key + "': its figure is not a finite number";
    }
    const bool negative =
        *center < 0 && std::ranges::find(kNeverNegative, key) != kNeverNegative.end();
    return negative ? "metric '" + key + "': a negative time" : std::string{};
}

struct ReadCase {
    Series series; // but for the metric
    CaseStatus status;
    std::string build_sha256;
};

// What a point's status is: told where a store wrote the bundle, else that of its case, unless the
// metric was never observed or is no number. `wrong` gets the reason of the latter.
CaseStatus status_of(const json::object& metric, const ReadCase& of, std::string& wrong) {
    if (const auto told = measure::case_status_from(json_string(metric, "status"))) {
        return *told;
    }
    if (of.status != CaseStatus::passed) {
        return of.status;
    }
    if (count_in(metric, "n", 0) == 0) {
        return CaseStatus::unavailable;
    }
    wrong = what_is_wrong(metric, json_string(metric, "key"));
    return wrong.empty() ? CaseStatus::passed : CaseStatus::failed;
}

Point point_of(const json::object& metric, const ReadCase& of, CasePoints& into) {
    const std::string source = json_string(metric, "unit");
    const BaseUnit unit = base_unit(source);
    if (!unit.known) {
        into.unknown_units.insert(source);
    }
    Point point{.series = of.series, .build_sha256 = of.build_sha256};
    point.series.metric = json_string(metric, "key");
    point.series.unit = unit.unit;
    point.series.source_unit = json_string(metric, "source_unit", source);
    point.series.direction = measure::direction_named(json_string(metric, "direction"));
    point.series.aggregate = json_string(metric, "aggregate");
    point.series.clock = json_string(metric, "clock");
    point.series.flags = flags_of(metric);
    const std::uint32_t exact =
        (point.series.flags & ASSAY_METRIC_EXACT) != 0 ? point_flag::exact : 0U;
    point.flags = static_cast<std::uint32_t>(count_in(metric, "point_flags", exact));
    std::string wrong;
    point.status = status_of(metric, of, wrong);
    if (!wrong.empty()) {
        Failure& failure =
            into.failure ? *into.failure
                         : into.failure.emplace(Failure{of.series.case_id, CaseStatus::failed, ""});
        failure.reason += (failure.reason.empty() ? "" : "; ") + wrong;
    }
    if (point.status == CaseStatus::passed && number_in(metric, "median")) {
        point.samples = samples_of(metric, unit.factor);
        point.figures = figures_of(metric, point.samples, unit.factor);
    }
    return point;
}

Error wrong_case(const std::string& id, const std::string& what) {
    return {.kind = ErrorKind::plugin,
            .message = "case '" + id.substr(0, 200) + "': " + what,
            .hint = {}};
}

} // namespace

std::optional<double> robust_spread(const std::vector<double>& values) {
    return values.size() < 2 ? std::nullopt : std::optional(statistics::scaled_mad(values));
}

Result<CasePoints> case_points(const json::object& document, const CaseSurroundings& around) {
    const std::string id = json_string(document, "id");
    const auto status = measure::case_status_from(json_string(document, "status"));
    if (id.empty() || !status) {
        return wrong_case(id, "expected an id and the status of a case");
    }
    ReadCase read{.series = {},
                  .status = *status,
                  .build_sha256 = json_string(document, "build", around.build_sha256)};
    read.series.case_id = id;
    read.series.suite = json_string(document, "suite");
    read.series.family = json_string(document, "family");
    read.series.shape = json_string(document, "shape");
    read.series.isolation = json_string(document, "isolation", around.isolation);
    read.series.platform = around.platform;
    if (const json::value* params = document.if_contains("params");
        params != nullptr && params->is_object()) {
        read.series.params = params->get_object();
    }
    CasePoints points;
    if (*status != CaseStatus::passed) {
        points.failure = Failure{id, *status, json_string(document, "reason")};
    }
    for (const json::value& metric : list_in(document, "metrics")) {
        if (!metric.is_object() || json_string(metric.get_object(), "key").empty()) {
            return wrong_case(id, "expected a key for each of its metrics");
        }
        points.points.push_back(point_of(metric.get_object(), read, points));
    }
    if (points.points.empty() && !points.failure) {
        points.failure = Failure{id, CaseStatus::failed, "it passed without a figure"};
    }
    return points;
}

} // namespace assay::history
