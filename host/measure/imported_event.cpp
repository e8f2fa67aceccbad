// An importer's event, out of the ABI's structs into values: everything is copied and checked, for
// what follows must not depend on what the plugin does next.
#include "measure/abi_field.hpp"
#include "measure/importing.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace assay::measure {
namespace {

constexpr std::size_t kNameBytesMax = 4096;
constexpr std::uint32_t kMetricsMax = 10'000;
constexpr std::uint64_t kSamplesMax = 10'000'000;

Error broken(const std::string& what) {
    return {.kind = ErrorKind::plugin,
            .message = "the importer's event is not as agreed: " + what,
            .hint = "'assay check' names what an importer has to keep to"};
}

bool is_key(std::string_view key) noexcept {
    return !key.empty() && std::ranges::all_of(key, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

std::optional<double> finite(double value) {
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

Result<json::object> members_of(const assay_event& event) {
    const std::string text = copy_text(field_or(event, &assay_event::json, assay_str{nullptr, 0}),
                                       std::size_t{16} << 20);
    if (text.empty()) {
        return json::object{};
    }
    Result<json::value> document = parse_json(text);
    if (!document || !document->is_object()) {
        return broken("its json is no object");
    }
    return std::move(document->get_object());
}

json::object scalars_of(const json::object& members, std::string_view key) {
    json::object kept;
    const json::value* found = members.if_contains(key);
    if (found != nullptr && found->is_object()) {
        for (const auto& member : found->get_object()) {
            if (!member.value().is_object() && !member.value().is_array()) {
                kept[member.key()] = member.value();
            }
        }
    }
    return kept;
}

ImportedRun run_of(const json::object& said) {
    ImportedRun run = imported_run_from_json(said);
    run.hardware = scalars_of(said, "hardware");
    run.environment = scalars_of(said, "environment");
    return run;
}

// What only the event's json says of the metric number `index`.
void take_members(const json::object& members, std::size_t index, ImportedMetric& metric) {
    const std::string at = "/" + std::to_string(index);
    if (const json::value* units = members.if_contains("source_units")) {
        if (const json::value* unit = json_at(*units, at); unit != nullptr && unit->is_string()) {
            metric.source_unit = unit->get_string();
        }
    }
    const json::value* launches = members.if_contains("launches");
    const json::value* lengths = launches == nullptr ? nullptr : json_at(*launches, at);
    if (lengths != nullptr && lengths->is_array()) {
        for (const json::value& length : lengths->get_array()) {
            metric.launches.push_back(length.is_int64() && length.get_int64() > 0
                                          ? static_cast<std::uint64_t>(length.get_int64())
                                          : 0);
        }
    }
}

// Whether every figure that was told is a number; unknown ones are NaN, an infinity is never one.
bool is_sound(const assay_stats& stats, std::span<const double> samples) {
    const auto usable = [](double value) { return !std::isinf(value); };
    return std::ranges::all_of(samples, [](double value) { return std::isfinite(value); }) &&
           usable(stats.median) && usable(stats.mean) && usable(stats.min) && usable(stats.max) &&
           (!samples.empty() || std::isfinite(stats.median) || std::isfinite(stats.mean));
}

Result<ImportedMetric>
metric_of(const assay_stats& stats, const json::object& members, std::size_t index, bool& sound) {
    ImportedMetric metric{.key = copy_text(stats.key, kNameBytesMax),
                          .unit = copy_text(stats.unit, kNameBytesMax),
                          .source_unit = {}};
    metric.source_unit = metric.unit;
    if (!is_key(metric.key) || metric.unit.empty()) {
        return broken("a metric has the key '" + metric.key.substr(0, 80) + "' and the unit '" +
                      metric.unit.substr(0, 80) + "'; both are needed, a key of a-z, 0-9, _ and .");
    }
    if (stats.provenance != ASSAY_PROV_EXTERNAL) {
        return broken("metric '" + metric.key + "' is not of provenance external");
    }
    const bool kept = stats.samples != nullptr;
    if (stats.direction < ASSAY_DIR_NONE || stats.direction > ASSAY_DIR_HIGHER_IS_BETTER ||
        (kept && stats.n > kSamplesMax)) {
        return broken("metric '" + metric.key + "' has an unknown direction or too many samples");
    }
    metric.direction = static_cast<Direction>(stats.direction);
    const bool clock_known =
        stats.clock > ASSAY_CLOCK_AUTO && stats.clock <= ASSAY_CLOCK_MANUAL && metric.unit == "s";
    metric.clock = clock_known ? static_cast<Clock>(stats.clock) : Clock::automatic;
    metric.exact = (stats.flags & static_cast<std::uint32_t>(ASSAY_METRIC_EXACT)) != 0;
    const std::span<const double> samples(stats.samples, kept ? stats.n : 0);
    sound = sound && is_sound(stats, samples);
    metric.samples.assign(samples.begin(), samples.end());
    metric.median = finite(stats.median);
    metric.mean = finite(stats.mean);
    metric.stddev = finite(stats.stddev);
    metric.min = finite(stats.min);
    metric.max = finite(stats.max);
    metric.p95 = finite(stats.p95);
    metric.p99 = finite(stats.p99);
    metric.lo = finite(stats.ci_lo);
    metric.hi = finite(stats.ci_hi);
    metric.n = stats.n;
    take_members(members, index, metric);
    const std::uint64_t told =
        std::accumulate(metric.launches.begin(), metric.launches.end(), std::uint64_t{0});
    if (!metric.launches.empty() &&
        (told != metric.samples.size() || std::ranges::count(metric.launches, 0U) > 0)) {
        return broken("the launches of metric '" + metric.key + "' do not add up to its samples");
    }
    return metric;
}

Result<ImportedCase> case_of(const assay_event& event, const json::object& members) {
    ImportedCase row{.suite = copy_text(event.suite, kNameBytesMax),
                     .name = copy_text(event.case_id, kNameBytesMax),
                     .parameters = scalars_of(members, "parameters"),
                     .reason = copy_text(event.text),
                     .note = json_string(members, "note")};
    if (row.name.empty()) {
        return broken("a result without a name");
    }
    if (event.status < ASSAY_CASE_PASSED || event.status > ASSAY_CASE_UNAVAILABLE ||
        event.n_stats > kMetricsMax || (event.n_stats > 0 && event.stats == nullptr)) {
        return broken("'" + row.name + "' has an unknown status or no statistics where it says so");
    }
    row.status = static_cast<CaseStatus>(event.status);
    bool sound = true;
    for (std::uint32_t i = 0; i < event.n_stats; ++i) {
        if (event.stats[i] == nullptr || event.stats[i]->struct_size < sizeof(assay_stats)) {
            return broken("'" + row.name + "' has statistics that are too small or none");
        }
        Result<ImportedMetric> metric = metric_of(*event.stats[i], members, i, sound);
        if (!metric) {
            return metric.error();
        }
        row.metrics.push_back(std::move(*metric));
    }
    if (row.status == CaseStatus::passed && (!sound || row.metrics.empty())) {
        row.status = CaseStatus::failed;
        row.reason = sound ? "the file has no figure for it" : "non-finite";
    }
    if (row.status != CaseStatus::passed) {
        row.metrics.clear();
    }
    return row;
}

} // namespace

Result<std::optional<ImportedEvent>> imported_event(const assay_event& event) {
    if (event.struct_size < sizeof(assay_event)) {
        return broken("the struct is smaller than its first version");
    }
    const bool known = event.kind == ASSAY_EV_RUN_BEGIN || event.kind == ASSAY_EV_CASE_END ||
                       event.kind == ASSAY_EV_RUN_END;
    if (!known) {
        return std::optional<ImportedEvent>();
    }
    const Result<json::object> members = members_of(event);
    if (!members) {
        return members.error();
    }
    if (event.kind == ASSAY_EV_RUN_BEGIN) {
        return std::optional<ImportedEvent>(run_of(*members));
    }
    if (event.kind == ASSAY_EV_RUN_END) {
        ImportedEnd end = imported_end_from_json(*members);
        end.partial = copy_text(event.text);
        return std::optional<ImportedEvent>(std::move(end));
    }
    Result<ImportedCase> row = case_of(event, *members);
    if (!row) {
        return row.error();
    }
    return std::optional<ImportedEvent>(std::move(*row));
}

} // namespace assay::measure
