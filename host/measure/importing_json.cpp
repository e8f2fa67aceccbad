// Imported events as JSON, from the worker to the host.
#include "measure/importing.hpp"

#include <algorithm>

namespace assay::measure {
namespace {

Error bad_event(std::string_view what) {
    return {.kind = ErrorKind::protocol,
            .message = "an imported event from the worker: " + std::string(what),
            .hint = {}};
}

template <class Value>
json::value or_null(const std::optional<Value>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

std::optional<double> number_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_number() ? std::optional(value->to_number<double>())
                                                  : std::nullopt;
}

std::optional<std::int64_t> whole_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

json::object object_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_object() ? value->get_object() : json::object{};
}

json::object run_json(const ImportedRun& run) {
    return {{"kind", "run"},
            {"commit", run.commit},
            {"parent_commit", run.parent_commit},
            {"branch", run.branch},
            {"repository", run.repository},
            {"tool", run.tool},
            {"machine", run.machine},
            {"dirty", or_null(run.dirty)},
            {"date", or_null(run.date)},
            {"commit_time", or_null(run.commit_time)},
            {"hardware", run.hardware},
            {"environment", run.environment}};
}

json::object metric_json(const ImportedMetric& metric) {
    json::object object{{"key", metric.key},
                        {"unit", metric.unit},
                        {"source_unit", metric.source_unit},
                        {"direction", name_of(metric.direction)},
                        {"clock", static_cast<std::int64_t>(metric.clock)},
                        {"n", json_count(metric.n)},
                        {"samples", json::array(metric.samples.begin(), metric.samples.end())}};
    if (metric.exact) {
        object["exact"] = true;
    }
    json::array launches;
    for (const std::uint64_t length : metric.launches) {
        launches.push_back(json_count(length));
    }
    object["launches"] = std::move(launches);
    const auto put = [&object](std::string_view key, const std::optional<double>& value) {
        if (value) {
            object[key] = *value;
        }
    };
    put("median", metric.median);
    put("mean", metric.mean);
    put("stddev", metric.stddev);
    put("min", metric.min);
    put("max", metric.max);
    put("p95", metric.p95);
    put("p99", metric.p99);
    put("lo", metric.lo);
    put("hi", metric.hi);
    return object;
}

json::object case_json(const ImportedCase& row) {
    json::array metrics;
    for (const ImportedMetric& metric : row.metrics) {
        metrics.push_back(metric_json(metric));
    }
    return {{"kind", "case"},
            {"suite", row.suite},
            {"name", row.name},
            {"parameters", row.parameters},
            {"status", name_of(row.status)},
            {"reason", row.reason},
            {"note", row.note},
            {"metrics", std::move(metrics)}};
}

// Each finite number or count of a list; false: something else stands in it.
template <class Number>
bool read_list(const json::object& object, std::string_view key, std::vector<Number>& into) {
    const json::value* list = object.if_contains(key);
    if (list == nullptr || !list->is_array()) {
        return false;
    }
    into.reserve(list->get_array().size());
    for (const json::value& item : list->get_array()) {
        boost::system::error_code wrong;
        into.push_back(item.to_number<Number>(wrong));
        if (wrong) {
            return false;
        }
    }
    return true;
}

Result<ImportedMetric> metric_from(const json::value& document) {
    if (!document.is_object()) {
        return bad_event("a metric that is no object");
    }
    const json::object& said = document.get_object();
    ImportedMetric metric{.key = json_string(said, "key"),
                          .unit = json_string(said, "unit"),
                          .source_unit = json_string(said, "source_unit"),
                          .direction = direction_named(json_string(said, "direction")),
                          .exact = json_bool(said, "exact", false)};
    const std::int64_t clock = json_int(said, "clock", 0);
    const std::int64_t n = json_int(said, "n", 0);
    if (metric.key.empty() || metric.unit.empty() || clock < 0 || clock > 4 || n < 0 ||
        !read_list(said, "samples", metric.samples) ||
        !read_list(said, "launches", metric.launches)) {
        return bad_event("a metric without key, unit or samples");
    }
    metric.clock = static_cast<Clock>(clock);
    metric.n = static_cast<std::uint64_t>(n);
    metric.median = number_at(said, "median");
    metric.mean = number_at(said, "mean");
    metric.stddev = number_at(said, "stddev");
    metric.min = number_at(said, "min");
    metric.max = number_at(said, "max");
    metric.p95 = number_at(said, "p95");
    metric.p99 = number_at(said, "p99");
    metric.lo = number_at(said, "lo");
    metric.hi = number_at(said, "hi");
    return metric;
}

Result<ImportedEvent> case_from(const json::object& said) {
    const std::optional<CaseStatus> status = case_status_from(json_string(said, "status"));
    const json::value* metrics = said.if_contains("metrics");
    if (!status || metrics == nullptr || !metrics->is_array() ||
        json_string(said, "name").empty()) {
        return bad_event("a case without name, status or metrics");
    }
    ImportedCase row{.suite = json_string(said, "suite"),
                     .name = json_string(said, "name"),
                     .parameters = object_at(said, "parameters"),
                     .status = *status,
                     .reason = json_string(said, "reason"),
                     .note = json_string(said, "note")};
    for (const json::value& one : metrics->get_array()) {
        Result<ImportedMetric> metric = metric_from(one);
        if (!metric) {
            return metric.error();
        }
        row.metrics.push_back(std::move(*metric));
    }
    return ImportedEvent(std::move(row));
}

} // namespace

ImportedRun imported_run_from_json(const json::object& said) {
    ImportedRun run{.commit = json_string(said, "commit"),
                    .parent_commit = json_string(said, "parent_commit"),
                    .branch = json_string(said, "branch"),
                    .repository = json_string(said, "repository"),
                    .tool = json_string(said, "tool"),
                    .machine = json_string(said, "machine"),
                    .date = whole_at(said, "date"),
                    .commit_time = whole_at(said, "commit_time"),
                    .hardware = object_at(said, "hardware"),
                    .environment = object_at(said, "environment")};
    if (const json::value* dirty = said.if_contains("dirty");
        dirty != nullptr && dirty->is_bool()) {
        run.dirty = dirty->get_bool();
    }
    return run;
}

json::value to_json(const ImportRequest& request) {
    return json::object{{"importer", request.importer},
                        {"path", request.path},
                        {"name", request.name},
                        {"options", request.options}};
}

Result<ImportRequest> import_request_from_json(const json::value& document) {
    if (!document.is_object()) {
        return bad_event("a request that is no object");
    }
    const json::object& said = document.get_object();
    return ImportRequest{.importer = json_string(said, "importer"),
                         .path = json_string(said, "path"),
                         .name = json_string(said, "name"),
                         .options = json_string(said, "options", "{}")};
}

ImportedEnd imported_end_from_json(const json::object& said) {
    ImportedEnd end;
    if (const json::value* names = said.if_contains("unread"); names && names->is_array()) {
        for (const json::value& name : names->get_array()) {
            end.unread.push_back(name.is_string() ? std::string(name.get_string()) : "");
        }
    }
    end.unread_count = static_cast<std::uint64_t>(std::max<std::int64_t>(
        json_int(said, "unread_count", 0), static_cast<std::int64_t>(end.unread.size())));
    return end;
}

json::value to_json(const ImportedEvent& event) {
    if (const auto* run = std::get_if<ImportedRun>(&event)) {
        return run_json(*run);
    }
    if (const auto* row = std::get_if<ImportedCase>(&event)) {
        return case_json(*row);
    }
    const ImportedEnd& end = std::get<ImportedEnd>(event);
    return json::object{{"kind", "end"},
                        {"partial", end.partial},
                        {"unread", json::array(end.unread.begin(), end.unread.end())},
                        {"unread_count", json_count(end.unread_count)}};
}

Result<ImportedEvent> imported_event_from_json(const json::value& document) {
    if (!document.is_object()) {
        return bad_event("is no object");
    }
    const json::object& said = document.get_object();
    const std::string kind = json_string(said, "kind");
    if (kind == "run") {
        return ImportedEvent(imported_run_from_json(said));
    }
    if (kind == "end") {
        ImportedEnd end = imported_end_from_json(said);
        end.partial = json_string(said, "partial");
        return ImportedEvent(std::move(end));
    }
    return kind == "case" ? case_from(said) : Result<ImportedEvent>(bad_event("of no known kind"));
}

} // namespace assay::measure
