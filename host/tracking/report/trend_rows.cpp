#include "tracking/report/trend_rows.hpp"

#include "statistics/summary.hpp"
#include "tracking/document_values.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace assay::tracking {
namespace {

constexpr std::size_t kStepsTold = 3; // the newest of a series

json::value charted_points(const ReportSeries& one) {
    const std::vector<DashboardPoint>& points = one.series->points;
    const std::size_t from = points.size() > kChartedPoints ? points.size() - kChartedPoints : 0;
    json::array time, center, low, high;
    for (std::size_t i = from; i < points.size(); ++i) {
        const auto& figures = points[i].figures;
        time.push_back(instant_value(one.branch->runs[points[i].run].when));
        center.push_back(figures ? json_number(figures->center) : nullptr);
        low.push_back(figures ? optional_number(figures->lo) : nullptr);
        high.push_back(figures ? optional_number(figures->hi) : nullptr);
    }
    return json::object{{"time", std::move(time)},
                        {"center", std::move(center)},
                        {"low", std::move(low)},
                        {"high", std::move(high)}};
}

// The medians of stretches of equal length; null: no figure in one.
json::array sparkline_values(const std::vector<DashboardPoint>& points) {
    const std::size_t count = std::min(points.size(), kTrendPoints);
    json::array values;
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<double> stretch;
        for (std::size_t k = i * points.size() / count; k < (i + 1) * points.size() / count; ++k) {
            if (points[k].figures) {
                stretch.push_back(points[k].figures->center);
            }
        }
        values.push_back(stretch.empty() ? nullptr : json_number(statistics::median(stretch)));
    }
    return values;
}

json::array steps_of(const ReportSeries& one) {
    json::array steps;
    if (one.found == nullptr) {
        return steps;
    }
    const std::vector<BranchRun>& runs = one.branch->analysis->analysis.lines.runs;
    std::size_t left = kStepsTold;
    for (auto step = one.found->changes.rbegin(); step != one.found->changes.rend() && left > 0;
         ++step) {
        if (!step->counted) {
            continue;
        }
        --left;
        const BranchRun& good = runs[one.line->runs[step->index - 1]];
        const BranchRun& bad = runs[one.line->runs[step->index]];
        steps.push_back(
            json::object{{"last_good", report_run(good.uuid, good.sha, good.when)},
                         {"first_bad", report_run(bad.uuid, bad.sha, bad.when)},
                         {"before", json_number(step->before)},
                         {"after", json_number(step->after)},
                         {"change", optional_number(step->size)},
                         {"scale", std::string(verdict::name_of(step->scale))},
                         {"worse", step->worse},
                         {"over", step->over},
                         {"confirmed", step->state == statistics::PointState::confirmed}});
    }
    return steps;
}

json::value drift_of(const ReportSeries& one) {
    const bool drifts = one.found != nullptr && !one.found->drifts.empty() &&
                        one.found->drifts.back().end == one.line->values.size();
    if (!drifts) {
        return nullptr;
    }
    const LineDrift& drift = one.found->drifts.back();
    return json::object{{"change", json_number(drift.change)},
                        {"scale", std::string(verdict::name_of(drift.scale))},
                        {"values", json_count(drift.end - drift.first)},
                        {"p", json_number(drift.p)}};
}

struct Ends {
    const DashboardPoint* first = nullptr;
    const DashboardPoint* last = nullptr;
    std::size_t figures = 0;
};

Ends ends_of(const DashboardSeries& series) {
    Ends ends;
    for (const DashboardPoint& point : series.points) {
        if (point.figures) {
            ends.first = ends.first == nullptr ? &point : ends.first;
            ends.last = &point;
            ++ends.figures;
        }
    }
    return ends;
}

json::value end_value(const ReportSeries& one, const DashboardPoint* point) {
    if (point == nullptr) {
        return nullptr;
    }
    const DashboardRun& run = one.branch->runs[point->run];
    json::object value = report_run(run.row.uuid, run.row.sha, run.when);
    value["value"] = json_number(point->figures->center);
    return value;
}

// In points where every figure is a share.
verdict::ChangeScale scale_of(const DashboardSeries& series) {
    std::vector<double> figures;
    for (const DashboardPoint& point : series.points) {
        if (point.figures) {
            figures.push_back(point.figures->center);
        }
    }
    return verdict::scale_of(series.row.series.unit, figures);
}

// Of the last figure against the first, positive = worse (without a direction, more).
json::value
change_over_time(const ReportSeries& one, const Ends& ends, verdict::ChangeScale scale) {
    if (ends.figures < 2) {
        return nullptr;
    }
    const history::Series& series = one.series->row.series;
    return optional_number(
        verdict::change_between(ends.first->figures->center,
                                ends.last->figures->center,
                                {.unit = series.unit, .direction = series.direction},
                                scale));
}

json::object verdict_of_row(const ReportSeries& one) {
    json::object value{{"outcome", std::string(name_of(one.outcome))},
                       {"word", nullptr},
                       {"severity", nullptr},
                       {"reason", optional_text(one.series->unjudged)},
                       {"baseline", nullptr},
                       {"change", optional_number(one.change())},
                       {"interval", nullptr},
                       {"scale", nullptr}};
    if (!one.series->points.back().figures) {
        value["word"] = std::string(measure::name_of(one.series->points.back().status));
    } else if (one.series->judged) {
        const ComparedSeries& judged = *one.series->judged;
        const auto& finding = judged.verdict.finding;
        value["word"] = std::string(verdict::name_of(judged.verdict.word));
        value["reason"] = optional_text(judged.verdict.reason);
        value["baseline"] = optional_number(judged.center);
        if (judged.verdict.severity) {
            value["severity"] = std::string(verdict::name_of(judged.verdict.severity->size));
        }
        if (finding) {
            value["scale"] = std::string(verdict::name_of(finding->scale));
            if (finding->interval) {
                value["interval"] = json::array{json_number(finding->interval->low),
                                                json_number(finding->interval->high)};
            }
        }
    }
    return value;
}

// Those with a line to show that moved: by the change of the newest run, else of the newest step.
std::set<const ReportSeries*> charted(const std::vector<ReportSeries>& series) {
    std::vector<std::pair<double, const ReportSeries*>> moved;
    for (const ReportSeries& one : series) {
        const bool has_line = ends_of(*one.series).figures > 1;
        const bool has_word =
            one.outcome == ReportOutcome::regressed || one.outcome == ReportOutcome::improved;
        const bool has_step =
            one.found != nullptr && !one.found->changes.empty() &&
            one.found->changes.back().counted &&
            one.found->changes.back().state == statistics::PointState::confirmed &&
            one.found->changes.back().size.has_value();
        if (has_line && (has_word || has_step)) {
            const double of_word = has_word ? std::abs(one.change().value_or(0)) : 0;
            const double of_step = has_step ? std::abs(*one.found->changes.back().size) : 0;
            moved.emplace_back(std::max(of_word, of_step), &one);
        }
    }
    std::ranges::stable_sort(moved, [](const auto& a, const auto& b) { return a.first > b.first; });
    std::set<const ReportSeries*> chosen;
    for (std::size_t i = 0; i < std::min(moved.size(), kTrendsCharted); ++i) {
        chosen.insert(moved[i].second);
    }
    return chosen;
}

json::object trend_row(const ReportSeries& one, bool with_points) {
    json::object row = report_series_name(one);
    row["verdict"] = verdict_of_row(one);
    const Ends ends = ends_of(*one.series);
    row["figures"] = json_count(ends.figures);
    row["first"] = end_value(one, ends.first);
    row["last"] = end_value(one, ends.last);
    const verdict::ChangeScale scale = scale_of(*one.series);
    row["change"] = change_over_time(one, ends, scale);
    row["scale"] = std::string(verdict::name_of(scale));
    row["drift"] = drift_of(one);
    row["steps"] = steps_of(one);
    row["line"] = sparkline_values(one.series->points);
    row["limit"] =
        one.series->limit ? json_number(one.series->limit->figure) : json::value(nullptr);
    row["points"] = with_points ? charted_points(one) : json::value(nullptr);
    return row;
}

} // namespace

json::object report_run(const std::string& uuid, const std::string& sha, std::int64_t when) {
    return {{"run", uuid}, {"commit", optional_text(sha)}, {"time", instant_value(when)}};
}

json::object report_series_name(const ReportSeries& one) {
    const history::Series& series = one.series->row.series;
    return {{"case", series.case_id},
            {"metric", series.metric},
            {"unit", series.unit},
            {"direction", std::string(measure::name_of(series.direction))},
            {"platform", series.platform.label},
            {"project", optional_text(one.branch->project)}};
}

json::object trend_rows(const Report& report) {
    const std::set<const ReportSeries*> with_points = charted(report.series);
    json::array rows;
    std::size_t told = 0;
    for (const ReportSeries& one : report.series) {
        const bool is_charted = with_points.contains(&one);
        if (told < kTrendsTold || is_charted) {
            rows.push_back(trend_row(one, is_charted));
            ++told;
        }
    }
    return {{"total", json_count(report.series.size())},
            {"left_out", json_count(report.series.size() - told)},
            {"rows", std::move(rows)}};
}

} // namespace assay::tracking
