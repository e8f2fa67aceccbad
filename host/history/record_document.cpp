#include "history/record_document.hpp"

#include "history/case_points.hpp"
#include "history/possible_figures.hpp"
#include "history/record_schema.hpp"
#include "history/run_uuid.hpp"
#include "history/timestamp.hpp"
#include "history/units.hpp"
#include "statistics/summary.hpp"
#include "support/json_pointer.hpp"
#include "support/schema.hpp"
#include "support/sha256.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <set>

namespace assay::history {
namespace {

using measure::CaseStatus;
using measure::Direction;

constexpr std::string_view kSuite = "record";
constexpr std::size_t kNameBytesMax = 1024; // as a store takes them; more is a value by mistake
constexpr std::size_t kNameBytesShown = 80;

constexpr std::array kLegacyMetrics{
    LegacyMetric{"embedding_throughput", "{chunk}/s", Direction::higher},
    LegacyMetric{"vector_search_latency", "s", Direction::lower},
    LegacyMetric{"query_latency_no_vllm", "s", Direction::lower},
    LegacyMetric{"query_latency_vllm", "s", Direction::lower},
    LegacyMetric{"db_insertion_throughput", "{node}/s", Direction::higher},
    LegacyMetric{"peak_memory_gb", "GiB", Direction::lower},
    LegacyMetric{"avg_memory_gb", "GiB", Direction::lower},
    LegacyMetric{"cache_hit_rate", "1", Direction::higher},
    LegacyMetric{"tokens_per_second", "{token}/s", Direction::higher},
    LegacyMetric{"avg_mrr", "1", Direction::higher},
    LegacyMetric{"avg_ndcg", "1", Direction::higher},
};

Error wrong(const std::string& document, const std::string& what, std::string hint = {}) {
    return {.kind = ErrorKind::config, .message = document + ": " + what, .hint = std::move(hint)};
}

std::string pointer_to(const std::string& metric) {
    return "/metrics/" + pointer_token(metric.substr(0, kNameBytesShown)) +
           (metric.size() > kNameBytesShown ? "..." : "");
}

// A metric as the document has it, with its unit and direction settled.
struct Told {
    std::string name;
    std::string unit = {};
    Direction direction = Direction::none;
    std::optional<double> value = {};
    std::vector<double> samples = {};
};

Direction direction_named(std::string_view word) {
    for (const Direction direction : {Direction::lower, Direction::higher}) {
        if (measure::name_of(direction) == word) {
            return direction;
        }
    }
    return Direction::none;
}

// Unit and direction: what the document says, else what its name is known for.
Status settle(Told& told,
              const json::object& said,
              const std::string& document,
              const RecordContext& context) {
    const std::optional<LegacyMetric> legacy = legacy_metric(told.name);
    std::string missing;
    if (said.contains("unit")) {
        told.unit = json_string(said, "unit");
    } else if (legacy) {
        told.unit = context.decimal && legacy->unit == "GiB" ? "GB" : std::string(legacy->unit);
    } else {
        missing = "'unit'";
    }
    if (said.contains("direction")) {
        told.direction = direction_named(json_string(said, "direction"));
    } else if (legacy) {
        told.direction = legacy->direction;
    } else {
        missing += missing.empty() ? "'direction'" : " and 'direction'";
    }
    if (missing.empty()) {
        return {};
    }
    return wrong(document,
                 pointer_to(told.name) + ": expected " + missing +
                     ", for this is none of the names that are known without",
                 R"(write {"value": ..., "unit": "s", "direction": "lower"})");
}

// No slip of a script becomes a figure: the place in the document, and why it can be none.
Status check_possible(const Told& told, bool bare, const std::string& document) {
    const auto check = [&](double number, const std::string& place) -> Status {
        const std::string why = why_impossible(told.name, told.unit, number);
        return why.empty() ? Status()
                           : wrong(document,
                                   pointer_to(told.name) + place + ": found " + shortest(number) +
                                       " in '" + told.unit + "', and " + why,
                                   "null says that it could not be measured");
    };
    for (std::size_t i = 0; i < told.samples.size(); ++i) {
        if (Status possible = check(told.samples[i], "/samples/" + std::to_string(i)); !possible) {
            return possible;
        }
    }
    return told.value ? check(*told.value, bare ? "" : "/value") : Status();
}

// A centre lies among its samples, whatever it is the centre by; to nine digits, as texts round.
Status check_among_samples(const Told& told, const std::string& document) {
    if (!told.value || told.samples.empty()) {
        return {};
    }
    const auto [low, high] = std::ranges::minmax(told.samples);
    const double slack = 1e-9 * std::max(std::abs(low), std::abs(high));
    if (*told.value >= low - slack && *told.value <= high + slack) {
        return {};
    }
    return wrong(document,
                 pointer_to(told.name) + "/value: found " + shortest(*told.value) +
                     ", which lies outside of its own samples, " + shortest(low) + " to " +
                     shortest(high),
                 "leave the value out: it is the median of the samples then");
}

Result<Told> read_metric(const std::string& name,
                         const json::value& value,
                         const std::string& document,
                         const RecordContext& context) {
    if (name.empty() || name.size() > kNameBytesMax) {
        return wrong(document,
                     pointer_to(name) + ": expected a name of 1 to " +
                         std::to_string(kNameBytesMax) + " bytes, found " +
                         std::to_string(name.size()));
    }
    Told told{.name = name};
    const json::object bare{{"value", value}};
    const json::object& said = value.is_object() ? value.get_object() : bare;
    if (Status settled = settle(told, said, document, context); !settled) {
        return settled.error();
    }
    if (const json::value* number = said.if_contains("value");
        number != nullptr && number->is_number()) {
        told.value = number->to_number<double>();
    }
    if (const json::value* samples = said.if_contains("samples")) {
        for (const json::value& sample : samples->get_array()) {
            told.samples.push_back(sample.to_number<double>());
        }
    }
    // null says that it could not be measured, whatever samples there are.
    if (!said.contains("value")) {
        if (told.samples.empty()) {
            return wrong(document,
                         pointer_to(name) + ": expected a value or at least one sample, found none",
                         "a value of null says that it could not be measured");
        }
        told.value = statistics::median(told.samples);
    }
    const auto finite = [](double number) { return std::isfinite(number); };
    if ((told.value && !finite(*told.value)) || !std::ranges::all_of(told.samples, finite)) {
        return wrong(document,
                     pointer_to(name) + ": expected finite numbers",
                     "null says that it could not be measured");
    }
    if (Status possible = check_possible(told, !value.is_object(), document); !possible) {
        return possible.error();
    }
    if (Status among = check_among_samples(told, document); !among) {
        return among.error();
    }
    return told;
}

Figures figures_of(const Told& told, const std::vector<double>& samples, double factor) {
    Figures figures{.center = *told.value * factor, .n = std::max<std::size_t>(1, samples.size())};
    if (!samples.empty()) {
        const std::vector<double> sorted = statistics::sorted_copy(samples);
        figures.spread = robust_spread(samples);
        figures.min = sorted.front();
        figures.max = sorted.back();
        figures.p95 = statistics::quantile_sorted(sorted, 0.95);
        figures.p99 = statistics::quantile_sorted(sorted, 0.99);
    }
    return figures;
}

void add_metric(const Told& told, Run& run, std::set<std::string>& unknown_units) {
    const BaseUnit unit = base_unit(told.unit);
    if (!unit.known) {
        unknown_units.insert(told.unit);
    }
    Point point{.series = record_series(told.name, told.unit, told.direction, run.platform)};
    if (!told.value) {
        point.status = CaseStatus::unavailable;
        run.failures.push_back(
            {point.series.case_id, CaseStatus::unavailable, "the document has no figure for it"});
        run.points.push_back(std::move(point));
        return;
    }
    std::vector<double> samples = told.samples;
    for (double& sample : samples) {
        sample *= unit.factor;
    }
    point.figures = figures_of(told, samples, unit.factor);
    if (!samples.empty()) {
        point.samples.launches.push_back(std::move(samples));
    }
    run.points.push_back(std::move(point));
}

// A label that is not this machine's is another machine, of which the document tells no more: its
// identity is then that label.
Platform platform_told(const json::value& said, const Platform& here) {
    const bool object = said.is_object();
    const std::string label =
        object ? json_string(said.get_object(), "label") : std::string(said.get_string());
    const std::string fingerprint =
        object ? json_string(said.get_object(), "fingerprint") : std::string{};
    if (fingerprint.empty() && (label.empty() || label == here.label)) {
        return here;
    }
    const json::object identity{{"label", label}};
    return {.fingerprint = fingerprint.empty() ? sha256_of(canonical_json(identity)) : fingerprint,
            .label = label,
            .identity = identity};
}

Result<Timestamp> time_told(const json::value& said, const std::string& document) {
    const std::optional<Timestamp> time = [&]() -> std::optional<Timestamp> {
        if (said.is_string()) {
            return parse_timestamp(said.get_string());
        }
        const auto unix_ns = from_unix_seconds(said.to_number<double>());
        return unix_ns ? std::optional(Timestamp{.unix_ns = *unix_ns}) : std::nullopt;
    }();
    if (!time) {
        return wrong(document,
                     "/metadata/timestamp: expected ISO 8601 with date and time, or seconds since "
                     "1970; found " +
                         write_json(said).substr(0, 64),
                     "such as \"2026-11-21T10:00:00Z\"");
    }
    return *time;
}

// Takes what has a place of its own in a run; the rest stays in its metadata.
Status
take_metadata(const std::string& document, const RecordContext& context, Run& run, bool& timed) {
    json::object& metadata = run.metadata;
    const auto take = [&](std::string_view key) -> std::optional<json::value> {
        const json::value* value = metadata.if_contains(key);
        if (value == nullptr) {
            return std::nullopt;
        }
        json::value taken = *value;
        metadata.erase(key);
        return taken;
    };
    if (const auto said = take("timestamp")) {
        const Result<Timestamp> time = time_told(*said, document);
        if (!time) {
            return time.error();
        }
        run.started = time->unix_ns;
        timed = true;
        if (time->zone_assumed) {
            metadata["timestamp_zone"] = "none named, read as UTC";
        }
    }
    if (const auto said = take("platform")) {
        run.platform = platform_told(*said, context.platform);
    }
    run.trigger = json_string(metadata, "run_type");
    const auto sha = take("git_commit"), branch = take("git_branch"), dirty = take("dirty");
    if (sha || branch || dirty) {
        run.git = {};
        run.git.sha = sha && sha->is_string() ? std::string(sha->get_string()) : "";
        run.git.branch = branch && branch->is_string() ? std::string(branch->get_string()) : "";
        if (dirty && dirty->is_bool()) {
            run.git.dirty = dirty->get_bool();
        }
    } else if (run.git.commit_time && run.started < *run.git.commit_time) {
        metadata["commit"] = "not known: measured before " + run.git.sha + " was committed";
        run.git = {.branch = run.git.branch};
    }
    return {};
}

// The document in its canonical form names the run, where it says when it was: the same again is
// then known, whatever store it comes to.
std::string uuid_of(const json::value& whole, std::int64_t started, bool timed) {
    if (timed) {
        return run_uuid(started, sha256_of(canonical_json(whole)));
    }
    std::random_device entropy;
    return run_uuid(started,
                    sha256_of(std::to_string(entropy()) + std::to_string(entropy()) +
                              std::to_string(entropy())));
}

Result<json::value> checked(std::string_view text, const std::string& document) {
    Result<json::value> whole = parse_json(text);
    if (!whole) {
        return wrong(document,
                     whole.error().message,
                     text.find("NaN") != std::string_view::npos ||
                             text.find("Infinity") != std::string_view::npos
                         ? "JSON has no NaN and no Infinity: null says that a figure is not there"
                         : "");
    }
    static const Result<Schema> schema = Schema::compile(kRecordSchema, SchemaLevel::host);
    if (!schema) {
        return schema.error();
    }
    if (const auto problems = schema->validate(*whole); !problems.empty()) {
        return schema_error(document, problems);
    }
    return whole;
}

} // namespace

std::optional<LegacyMetric> legacy_metric(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(kLegacyMetrics, name, &LegacyMetric::name);
    return found == kLegacyMetrics.end() ? std::nullopt : std::optional(*found);
}

Series record_series(const std::string& metric,
                     const std::string& unit,
                     Direction direction,
                     const Platform& platform) {
    Series series;
    series.case_id = std::string(kSuite) + "/" + metric;
    series.suite = kSuite;
    series.family = metric;
    series.metric = metric;
    series.unit = base_unit(unit).unit;
    series.direction = direction;
    series.platform = platform;
    series.source_unit = unit;
    return series;
}

Result<Run>
run_from_record(std::string_view text, const std::string& document, const RecordContext& context) {
    const Result<json::value> whole = checked(text, document);
    if (!whole) {
        return whole.error();
    }
    const json::object& root = whole->get_object();
    Run run;
    run.started = context.now;
    run.kind = "record";
    run.git = context.git;
    run.platform = context.platform;
    run.host_version = context.host_version;
    if (const json::value* metadata = root.if_contains("metadata")) {
        run.metadata = metadata->get_object();
    }
    bool timed = false;
    if (Status taken = take_metadata(document, context, run, timed); !taken) {
        return taken.error();
    }
    if (is_in_future(run.started, context.now)) {
        run.metadata["clock"] = "in the future of its recording, " + timestamp_text(context.now);
    }
    run.finished = run.started;
    run.uuid = uuid_of(*whole, run.started, timed);
    std::set<std::string> unknown_units;
    for (const auto& member : root.at("metrics").get_object()) {
        const Result<Told> told =
            read_metric(std::string(member.key()), member.value(), document, context);
        if (!told) {
            return told.error();
        }
        add_metric(*told, run, unknown_units);
    }
    if (run.points.empty()) {
        return wrong(document, "/metrics: expected at least one metric, found none");
    }
    if (!unknown_units.empty()) {
        json::array units;
        for (const std::string& unit : unknown_units) {
            units.emplace_back(unit);
        }
        run.metadata["unknown_units"] = std::move(units);
    }
    return run;
}

} // namespace assay::history
