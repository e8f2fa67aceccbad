// {"schema": "assay.results/1", "cases": [...], "run": {...}, "summary": {...}}
//
// The events that a run from a store gives (history/events_from_run.hpp), with the figures that
// follow from the samples. What a store does not keep is null.
#include "history/bundle.hpp"
#include "history/events_from_run.hpp"
#include "statistics/summary.hpp"
#include "tracking/document_values.hpp"
#include "tracking/exports/writers.hpp"

#include <array>
#include <map>

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

json::object results_summary(const std::map<std::string, std::int64_t>& counts) {
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

// The document as its parts come in.
class ResultsParts {
public:
    void take_run(const json::value& run) { document_["run"] = run; }

    void take_case(json::object one) {
        ++counts_[json_string(one, "status")];
        cases_.push_back(std::move(one));
    }

    void take_member(const char* key, const json::object& event) {
        if (const json::value* member = event.if_contains(key)) {
            document_[key] = *member;
        }
    }

    [[nodiscard]] std::string text() && {
        document_["cases"] = std::move(cases_);
        if (!document_.contains("summary")) {
            document_["summary"] = results_summary(counts_);
        }
        return write_json(document_, JsonLayout::indented) + "\n";
    }

private:
    json::object document_{{"schema", "assay.results/1"}};
    json::array cases_;
    std::map<std::string, std::int64_t> counts_;
};

} // namespace

Result<std::optional<ExportText>> results_of_bundle(const std::filesystem::path& bundle) {
    ResultsParts parts;
    const auto read = history::read_bundle(bundle, [&parts](const json::object& event) -> Status {
        if (const json::value* run = event.if_contains("run"); run != nullptr && run->is_object()) {
            parts.take_run(*run);
        }
        const json::value* const one = event.if_contains("case");
        if (json_string(event, "kind") == "case_end" && one != nullptr && one->is_object()) {
            parts.take_case(one->get_object());
        }
        parts.take_member("summary", event);
        parts.take_member("complexity", event);
        return {};
    });
    if (!read) {
        return read.error();
    }
    if (read->header.source != "run") {
        return std::optional<ExportText>();
    }
    return std::optional(ExportText{.text = std::move(parts).text()});
}

ExportText results_text(const ExportedRun& exported) {
    ExportText made;
    PointPlaces points;
    for (const history::Point& point : exported.run.points) {
        points[{point.series.case_id, point.series.metric}] = &point;
        made.left_out.add("sketches of old samples", point.samples.sketch ? 1 : 0);
    }
    ResultsParts parts;
    // Nothing of what is done with an event can fail.
    static_cast<void>(history::each_event(exported.run, [&](const json::value& event) -> Status {
        const json::object& object = event.get_object();
        if (const json::value* run = object.if_contains("run")) {
            parts.take_run(*run);
        } else if (const json::value* one = object.if_contains("case")) {
            json::object copied = one->get_object();
            complete_case(copied, points);
            parts.take_case(std::move(copied));
        }
        return {};
    }));
    made.text = std::move(parts).text();
    return made;
}

} // namespace assay::tracking
