#include "tracking/exports/told_run.hpp"

#include "history/bundle.hpp"
#include "history/events_from_run.hpp"
#include "statistics/summary.hpp"
#include "tracking/document_values.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace assay::tracking {
namespace {

// Members that the document has for every metric.
constexpr std::array<const char*, 12> kResultFigures{
    "mean", "stddev", "mad", "cv", "p05", "p25", "p75", "p90", "p95", "p99", "p999", "ci_level"};

// The history keeps its own median, interval, p95 and p99; the rest follows from the samples.
void add_sample_figures(json::object& metric, const std::vector<std::vector<double>>& launches) {
    const statistics::Summary summary = statistics::summarise(launches);
    const std::array<std::pair<const char*, double>, 9> figures{{{"mean", summary.mean},
                                                                 {"stddev", summary.stddev},
                                                                 {"mad", summary.mad},
                                                                 {"cv", summary.cv},
                                                                 {"p05", summary.p05},
                                                                 {"p25", summary.p25},
                                                                 {"p75", summary.p75},
                                                                 {"p90", summary.p90},
                                                                 {"p999", summary.p999}}};
    for (const auto& [key, figure] : figures) {
        metric[key] = json_number(figure);
    }
}

void complete_metric(json::object& metric, const history::Point* point) {
    for (const char* const key : kResultFigures) {
        metric.emplace(key, nullptr);
    }
    for (const char* const key : {"min", "max", "ci", "outliers", "provenance"}) {
        metric.emplace(key, nullptr);
    }
    metric.emplace("launches", json::array{});
    if (point == nullptr) {
        return;
    }
    if ((point->flags & history::point_flag::imported) != 0) {
        metric["provenance"] = "external";
    }
    if (!point->samples.launches.empty()) {
        add_sample_figures(metric, point->samples.launches);
    }
}

// The points of a run by case and metric.
using PointPlaces = std::map<std::pair<std::string, std::string>, const history::Point*>;

void complete_case(json::object& one, const PointPlaces& points) {
    for (const char* const key : {"suite", "family", "shape"}) {
        one.emplace(key, key[0] == 's' && key[1] == 'h' ? json::value(nullptr) : json::value(""));
    }
    one.emplace("params", json::object{});
    const std::string id = json_string(one, "id");
    for (json::value& metric : one.at("metrics").as_array()) {
        json::object& object = metric.as_object();
        const auto found = points.find({id, json_string(object, "key")});
        complete_metric(object, found == points.end() ? nullptr : found->second);
    }
}

json::object summary_of(const std::map<std::string, std::int64_t>& counts) {
    json::object summary{{"cases", 0}, {"passed", 0}};
    std::int64_t cases = 0;
    for (const auto& [status, count] : counts) {
        summary[status] = count;
        cases += count;
    }
    summary["cases"] = cases;
    summary["seconds"] = nullptr;
    return summary;
}

} // namespace

std::vector<json::object> told_by_history(const history::Run& run) {
    PointPlaces points;
    for (const history::Point& point : run.points) {
        points[{point.series.case_id, point.series.metric}] = &point;
    }
    std::map<std::string, std::int64_t> counts;
    std::vector<json::object> told;
    // Nothing of what is done with an event can fail.
    static_cast<void>(history::each_event(run, [&](const json::value& event) -> Status {
        json::object& kept = told.emplace_back(event.get_object());
        if (json::value* const one = kept.if_contains("case")) {
            complete_case(one->as_object(), points);
            ++counts[json_string(one->get_object(), "status")];
        }
        return {};
    }));
    told.back()["summary"] = summary_of(counts);
    return told;
}

Result<std::optional<std::vector<json::object>>>
told_by_bundle(const std::filesystem::path& bundle) {
    std::vector<json::object> told;
    const auto read = history::read_bundle(bundle, [&told](const json::object& event) -> Status {
        told.push_back(event);
        return {};
    });
    if (!read) {
        return read.error();
    }
    return read->header.source == "run" ? std::optional(std::move(told)) : std::nullopt;
}

} // namespace assay::tracking
