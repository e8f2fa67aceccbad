#include "tracking/dashboard/dashboard_document.hpp"

#include "tracking/document_values.hpp"

#include <utility>

namespace assay::tracking {
namespace {

json::array numbers(const std::vector<double>& values) {
    json::array all;
    all.reserve(values.size());
    for (const double value : values) {
        all.push_back(json_number(value));
    }
    return all;
}

json::object run_value(const DashboardRun& run) {
    const history::RunRow& row = run.row;
    return {{"run", row.uuid},
            {"commit", optional_text(row.sha)},
            {"time", instant_value(run.when)},
            {"started", instant_value(row.started)},
            {"kind", optional_text(row.kind)},
            {"status", row.status},
            {"dirty", optional_bool(row.dirty)},
            {"host_score", optional_number(row.host_score)},
            {"calibration", optional_number(row.calibration)},
            {"failures", json_count(static_cast<std::uint64_t>(row.failures))}};
}

// Columns: a row for each run that the series has a point of.
json::object points_value(const DashboardSeries& series) {
    json::array run, center, low, high, flagged, broken;
    for (std::size_t i = 0; i < series.points.size(); ++i) {
        const DashboardPoint& point = series.points[i];
        run.push_back(json_count(point.run));
        center.push_back(point.figures ? json_number(point.figures->center) : nullptr);
        low.push_back(point.figures ? optional_number(point.figures->lo) : nullptr);
        high.push_back(point.figures ? optional_number(point.figures->hi) : nullptr);
        if (json::array flags = flags_value(point.flags); !flags.empty()) {
            flagged.push_back(json::object{{"at", json_count(i)}, {"flags", std::move(flags)}});
        }
        if (!point.figures) {
            broken.push_back(json::object{{"at", json_count(i)},
                                          {"status", std::string(measure::name_of(point.status))}});
        }
    }
    return {{"run", std::move(run)},
            {"center", std::move(center)},
            {"low", std::move(low)},
            {"high", std::move(high)},
            {"flagged", std::move(flagged)},
            {"broken", std::move(broken)}};
}

json::value interval_value(const std::optional<statistics::Interval>& interval) {
    return interval
               ? json::value(json::array{json_number(interval->low), json_number(interval->high)})
               : json::value(nullptr);
}

json::value verdict_value(const DashboardSeries& series) {
    if (!series.judged) {
        return nullptr;
    }
    const verdict::StoredVerdict& verdict = series.judged->verdict;
    const auto& found = verdict.finding;
    const auto of = [&found](auto member) { return found ? (*found).*member : std::nullopt; };
    return json::object{
        {"word", std::string(verdict::name_of(verdict.word))},
        {"reason", optional_text(verdict.reason)},
        {"severity",
         verdict.severity ? json::value(std::string(verdict::name_of(verdict.severity->size)))
                          : json::value(nullptr)},
        {"weak", verdict.severity && verdict.severity->weak},
        {"confirmed", verdict.confirmed},
        {"figure", optional_number(series.judged->figure)},
        {"center", optional_number(series.judged->center)},
        {"scale",
         found ? json::value(std::string(verdict::name_of(found->scale))) : json::value(nullptr)},
        {"change", optional_number(of(&verdict::StoredFinding::change))},
        {"interval", found ? interval_value(found->interval) : json::value(nullptr)},
        {"p", optional_number(of(&verdict::StoredFinding::p))},
        {"mde", optional_number(of(&verdict::StoredFinding::mde))},
        {"fence", optional_number(of(&verdict::StoredFinding::fence))},
        {"exact", found && found->exact},
        {"runs", found ? json_count(found->runs) : json::value(nullptr)},
        {"baseline", optional_text(verdict.baseline)}};
}

json::object samples_value(const DashboardSamples& one) {
    json::array all;
    for (const std::vector<double>& launch : one.samples.launches) {
        all.push_back(numbers(launch));
    }
    json::value sketch = nullptr;
    if (one.samples.sketch) {
        const history::SampleSketch& kept = *one.samples.sketch;
        sketch = json::object{{"count", json_count(kept.count)},
                              {"min", json_number(kept.min)},
                              {"max", json_number(kept.max)},
                              {"quantiles", numbers(kept.quantiles)}};
    }
    return {{"run", json_count(one.run)},
            {"launch_medians", numbers(one.samples.launch_medians)},
            {"launches", std::move(all)},
            {"sketch", std::move(sketch)}};
}

json::object series_value(const DashboardSeries& series) {
    const history::Series& of = series.row.series;
    json::array limits, samples;
    if (series.limit) {
        limits.push_back(json::object{{"change", json_number(series.limit->change)},
                                      {"value", json_number(series.limit->figure)}});
    }
    for (const DashboardSamples& one : series.samples) {
        samples.push_back(samples_value(one));
    }
    return {{"case", of.case_id},
            {"suite", of.suite},
            {"family", of.family},
            {"params", of.params},
            {"metric", of.metric},
            {"unit", of.unit},
            {"direction", std::string(measure::name_of(of.direction))},
            {"verdict", verdict_value(series)},
            {"unjudged", optional_text(series.unjudged)},
            {"limits", std::move(limits)},
            {"points", points_value(series)},
            {"samples", std::move(samples)}};
}

json::object branch_value(const DashboardBranch& branch) {
    json::array runs, series;
    for (const DashboardRun& run : branch.runs) {
        runs.push_back(run_value(run));
    }
    for (const DashboardSeries& one : branch.series) {
        series.push_back(series_value(one));
    }
    return {
        {"platform", platform_value(branch.platform.label, branch.platform.fingerprint)},
        {"branch", optional_text(branch.branch)},
        {"project", optional_text(branch.project)},
        {"runs", std::move(runs)},
        {"runs_left_out", json_count(branch.runs_left_out)},
        {"series", std::move(series)},
        {"analysis",
         branch.analysis ? json::value(analysis_branch(*branch.analysis)) : json::value(nullptr)}};
}

} // namespace

json::object dashboard_document(const Dashboard& dashboard) {
    const DashboardChoice& choice = dashboard.choice;
    json::array branches, filters, platforms;
    for (const DashboardBranch& branch : dashboard.branches) {
        branches.push_back(branch_value(branch));
    }
    for (const std::string& filter : choice.filters) {
        filters.emplace_back(filter);
    }
    for (const std::string& platform : choice.platforms) {
        platforms.emplace_back(platform);
    }
    return {{"schema", "assay.dashboard/1"},
            {"history", dashboard.where},
            {"project", choice.project ? optional_text(*choice.project) : json::value(nullptr)},
            {"made", instant_value(choice.now)},
            {"since", instant_value(choice.since)},
            {"runs_max", json_count(choice.runs_max)},
            {"threshold", json_number(choice.threshold)},
            {"threshold_points", json_number(choice.threshold_points)},
            {"filters", std::move(filters)},
            {"platforms", std::move(platforms)},
            {"branches", std::move(branches)}};
}

} // namespace assay::tracking
