#include "tracking/report/recommendation_figures.hpp"

#include "tracking/report/cache_figures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace assay::tracking {
namespace {

using verdict::ChangeScale;

FigureSource source_of(const ReportSeries& one) {
    const history::Series& series = one.series->row.series;
    return {.case_id = series.case_id,
            .metric = series.metric,
            .platform = series.platform.label,
            .run = one.newest().row.uuid};
}

// Memory in use; bytes moved a second or per operation are work.
bool is_memory(const history::Series& series) {
    return series.unit == "By" && series.direction == measure::Direction::lower;
}

void add_drift(const ReportSeries& one, RecommendationFigures& figures) {
    const history::Series& series = one.series->row.series;
    if (one.found == nullptr || one.found->drifts.empty() ||
        series.direction == measure::Direction::none) {
        return;
    }
    const LineDrift& drift = one.found->drifts.back();
    const std::vector<double>& values = one.line->values;
    if (drift.end != values.size() || drift.end == drift.first) {
        return; // it ended
    }
    figures.drifts.push_back({.of = source_of(one),
                              .is_memory = is_memory(series),
                              .change = drift.change,
                              .scale = drift.scale,
                              .first = drift.from,
                              .last = drift.to,
                              .unit = series.unit,
                              .values = drift.end - drift.first,
                              .p = drift.p});
}

void add_spread(const ReportSeries& one, RecommendationFigures& figures) {
    const auto& newest = one.series->points.back().figures;
    if (one.series->row.series.metric == "time" && newest && newest->spread &&
        newest->center != 0 && newest->n_launches >= kSpreadLaunches) {
        figures.spreads.push_back({.of = source_of(one),
                                   .spread = std::abs(*newest->spread / newest->center),
                                   .launches = newest->n_launches});
    }
}

void add_allocations(const ReportSeries& one, RecommendationFigures& figures) {
    const bool counts_them = one.series->row.series.metric == "allocations";
    if (counts_them && one.series->judged && one.series->judged->figure &&
        one.series->judged->center) {
        figures.allocations.push_back({.of = source_of(one),
                                       .before = *one.series->judged->center,
                                       .now = *one.series->judged->figure});
    }
}

// Answered elsewhere where a step is an alert: a verdict alone is not.
void add_candidate(const ReportSeries& one, RecommendationFigures& figures) {
    if (one.outcome != ReportOutcome::regressed || !one.series->judged ||
        one.series->judged->verdict.confirmed || !one.series->judged->figure ||
        !one.series->judged->center) {
        return;
    }
    const auto& finding = one.series->judged->verdict.finding;
    const ChangeScale scale = finding && finding->scale == ChangeScale::points
                                  ? ChangeScale::points
                                  : ChangeScale::relative;
    const history::Series& series = one.series->row.series;
    const auto change =
        verdict::change_between(*one.series->judged->center,
                                *one.series->judged->figure,
                                {.unit = series.unit, .direction = series.direction},
                                scale);
    if (change) { // from nothing there is none
        figures.candidates.push_back({.of = source_of(one),
                                      .change = std::abs(*change),
                                      .scale = scale,
                                      .runs_asked = verdict::kConfirmingRuns});
    }
}

// A case once, whatever it measures.
void add_broken(const ReportSeries& one,
                std::set<std::pair<std::string, std::string>>& told,
                RecommendationFigures& figures) {
    const bool lost = one.outcome == ReportOutcome::lost;
    if (!lost && one.outcome != ReportOutcome::failed) {
        return;
    }
    FigureSource source = source_of(one);
    if (!told.emplace(source.case_id, source.platform).second) {
        return;
    }
    if (lost) {
        source.run = one.branch->runs.back().row.uuid; // that lost it
    }
    BrokenFigure broken{.of = std::move(source), .lost = lost};
    const std::vector<DashboardPoint>& points = one.series->points;
    for (auto point = points.rbegin(); point != points.rend() && !point->figures; ++point) {
        ++broken.runs;
    }
    broken.status = measure::name_of(points.back().status);
    figures.broken.push_back(std::move(broken));
}

// Cases that no series is of.
void add_never_measured(const DashboardBranch& branch, RecommendationFigures& figures) {
    for (const BrokenCase& one : branch.never_measured) {
        figures.broken.push_back({.of = {.case_id = one.case_id,
                                         .platform = branch.platform.label,
                                         .run = branch.runs.back().row.uuid},
                                  .status = std::string(measure::name_of(one.status)),
                                  .runs = 1});
    }
}

// A step that somebody ought to look at: what nobody has answered, and what does not wait.
bool is_unanswered(const BranchAlert& alert, std::int64_t now) {
    const bool open =
        alert.state == verdict::AlertState::open || alert.state == verdict::AlertState::reopened;
    return open && alert.row.snoozed_until.value_or(now) <= now;
}

void add_alerts(const DashboardBranch& branch, std::int64_t now, RecommendationFigures& figures) {
    if (!branch.analysis) {
        return;
    }
    const BranchAnalysis& analysis = branch.analysis->analysis;
    for (const BranchAlert& alert : branch.analysis->book.alerts) {
        if (!is_unanswered(alert, now) || alert.members.empty() || !alert.last_good ||
            !alert.first_bad) {
            continue;
        }
        const AlertMember& gravest = alert.members.front();
        const LineChange& change = analysis.findings[gravest.line].changes[gravest.change];
        const history::Series& series = analysis.lines.lines[gravest.line].row.series;
        figures.alerts.push_back({.of = {.case_id = series.case_id,
                                         .metric = series.metric,
                                         .platform = branch.platform.label,
                                         .run = analysis.lines.runs[*alert.first_bad].uuid},
                                  .last_good = analysis.lines.runs[*alert.last_good].uuid,
                                  .change = change.size.value_or(0),
                                  .scale = change.scale,
                                  .series = alert.members.size(),
                                  .id = alert.row.id,
                                  .is_machine = alert.kind == AlertKind::machine_shift,
                                  .reopened = alert.state == verdict::AlertState::reopened});
    }
}

// One figure for each platform: the series with the fewest runs stands for all of them.
void add_young(const ReportSeries& one,
               std::map<const DashboardBranch*, YoungFigure>& by_platform) {
    if (!one.series->judged || !one.series->judged->verdict.too_few) {
        return;
    }
    const auto [have, asked] = *one.series->judged->verdict.too_few;
    auto [place, fresh] = by_platform.try_emplace(one.branch);
    YoungFigure& young = place->second;
    ++young.series;
    if (fresh || have < young.runs) {
        young.of = source_of(one);
        young.runs = have;
        young.runs_asked = asked;
    }
}

} // namespace

RecommendationFigures recommendation_figures(const Dashboard& dashboard,
                                             std::span<const ReportSeries> series) {
    RecommendationFigures figures{.caches = cache_figures(series)};
    std::set<std::pair<std::string, std::string>> broken;
    std::map<const DashboardBranch*, YoungFigure> young;
    for (const ReportSeries& one : series) {
        add_broken(one, broken, figures);
        add_candidate(one, figures);
        add_allocations(one, figures);
        add_drift(one, figures);
        add_spread(one, figures);
        add_young(one, young);
    }
    for (const DashboardBranch& branch : dashboard.branches) {
        const auto newest = branch.runs.empty() ? nullptr : &branch.runs.back();
        if (newest != nullptr && newest->row.host_score) {
            figures.hosts.push_back(
                {.of = {.platform = branch.platform.label, .run = newest->row.uuid},
                 .noise = *newest->row.host_score});
        }
        add_never_measured(branch, figures);
        add_alerts(branch, dashboard.choice.now, figures);
        if (const auto one = young.find(&branch); one != young.end()) {
            figures.young.push_back(one->second);
        }
    }
    return figures;
}

} // namespace assay::tracking
