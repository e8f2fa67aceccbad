#include "app/documents/run_pair.hpp"

#include "app/gate/recorded_cases.hpp"
#include "tracking/document_values.hpp"
#include "tracking/report/report_series.hpp"
#include "tracking/report/trend_rows.hpp"
#include "tracking/run_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

namespace assay::app {
namespace {

using PointsByKey = std::map<std::string, const history::Point*>;

PointsByKey points_by_key(const history::Run& run) {
    PointsByKey points;
    for (const history::Point& point : run.points) {
        points.emplace(history::series_key(point.series), &point);
    }
    return points;
}

// Null where the run has no figure; its members are null where nobody kept the samples.
json::value statistics_value(const PointsByKey& points, const std::string& key) {
    const auto found = points.find(key);
    if (found == points.end() || !found->second->figures) {
        return nullptr;
    }
    const history::Point& point = *found->second;
    const statistics::Summary summary = summary_of(point);
    json::value outliers = nullptr;
    if (!point.samples.launches.empty()) {
        outliers = json_count(summary.outliers.mild + summary.outliers.severe);
    }
    return json::object{{"min", json_number(summary.min)},
                        {"max", json_number(summary.max)},
                        {"mean", json_number(summary.mean)},
                        {"stddev", json_number(summary.stddev)},
                        {"median", json_number(summary.median)},
                        {"rounds", json_count(point.figures->n)},
                        {"launches", json_count(point.figures->n_launches)},
                        {"outliers", std::move(outliers)}};
}

json::object pair_verdict(const tracking::ComparedSeries& one) {
    const auto& finding = one.verdict.finding;
    json::object value{{"outcome", std::string(name_of(tracking::outcome_of(one.verdict.word)))},
                       {"word", std::string(verdict::name_of(one.verdict.word))},
                       {"severity",
                        one.verdict.severity
                            ? json::value(std::string(name_of(one.verdict.severity->size)))
                            : json::value(nullptr)},
                       {"reason", tracking::optional_text(one.verdict.reason)},
                       {"baseline", tracking::optional_number(one.center)},
                       {"change", nullptr},
                       {"interval", nullptr},
                       {"scale", nullptr}};
    if (finding) {
        value["change"] = tracking::optional_number(finding->change);
        value["scale"] = std::string(verdict::name_of(finding->scale));
        if (finding->interval) {
            value["interval"] = json::array{json_number(finding->interval->low),
                                            json_number(finding->interval->high)};
        }
    }
    return value;
}

bool is_graver(const tracking::ComparedSeries& a, const tracking::ComparedSeries& b) {
    const auto key = [](const tracking::ComparedSeries& one) {
        const auto& finding = one.verdict.finding;
        const double change = finding && finding->change ? std::abs(*finding->change) : 0;
        return std::tuple(tracking::outcome_of(one.verdict.word),
                          -change,
                          std::string_view(one.series.case_id),
                          std::string_view(one.series.metric));
    };
    return key(a) < key(b);
}

json::object side_value(const AskedRun& one) {
    json::object value = tracking::report_run(
        one.run.uuid, one.run.git.sha, one.run.git.commit_time.value_or(one.run.started));
    value["asked"] = one.words;
    value["platform"] = one.run.platform.label;
    return value;
}

} // namespace

Result<json::object> run_pair(history::Store& store, const AskedRun& run, const AskedRun& against) {
    auto compared = tracking::compare_runs(store, run.run, against.run);
    if (!compared) {
        return compared.error();
    }
    std::ranges::stable_sort(*compared, is_graver);
    const PointsByKey now = points_by_key(run.run), before = points_by_key(against.run);
    json::array rows;
    const std::size_t told = std::min(compared->size(), kPairRowsTold);
    for (std::size_t i = 0; i < told; ++i) {
        const tracking::ComparedSeries& one = (*compared)[i];
        const std::string key = history::series_key(one.series);
        rows.push_back(json::object{{"case", one.series.case_id},
                                    {"metric", one.series.metric},
                                    {"unit", one.series.unit},
                                    {"direction", std::string(name_of(one.series.direction))},
                                    {"verdict", pair_verdict(one)},
                                    {"run", statistics_value(now, key)},
                                    {"against", statistics_value(before, key)}});
    }
    return json::object{{"run", side_value(run)},
                        {"against", side_value(against)},
                        {"total", json_count(compared->size())},
                        {"left_out", json_count(compared->size() - told)},
                        {"rows", std::move(rows)}};
}

} // namespace assay::app
