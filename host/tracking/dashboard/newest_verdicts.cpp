#include "tracking/dashboard/newest_verdicts.hpp"

#include "tracking/dashboard/run_samples.hpp"
#include "tracking/expected_series.hpp"
#include "verdict/stored_series.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace assay::tracking {
namespace {

// The figure that is worse than what it was held against by the threshold, that of shares or that
// of points, as a rule of a gate has it; nothing where no figure is, or where a share of it says
// nothing.
std::optional<SeriesLimit> limit_of(const DashboardSeries& series, const DashboardChoice& choice) {
    const measure::Direction direction = series.row.series.direction;
    if (!series.judged || !series.judged->center || direction == measure::Direction::none) {
        return std::nullopt;
    }
    const double center = *series.judged->center;
    const auto& finding = series.judged->verdict.finding;
    const auto scale = finding ? finding->scale : verdict::ChangeScale::relative;
    const double sign = direction == measure::Direction::lower ? 1 : -1;
    if (scale == verdict::ChangeScale::points) {
        const double whole = series.row.series.unit == "%" ? 100 : 1;
        const double limit = center + sign * choice.threshold_points * whole;
        return limit >= 0 && limit <= whole
                   ? std::optional(SeriesLimit{choice.threshold_points, limit})
                   : std::nullopt;
    }
    if (center == 0 || scale != verdict::ChangeScale::relative) {
        return std::nullopt;
    }
    return SeriesLimit{choice.threshold, center + sign * std::abs(center) * choice.threshold};
}

// Series by the run that their newest point is of, the newest run first.
using ByRun = std::map<std::size_t, std::vector<DashboardSeries*>, std::greater<>>;

ByRun by_newest_run(DashboardBranch& branch) {
    ByRun all;
    for (DashboardSeries& series : branch.series) {
        all[series.points.back().run].push_back(&series);
    }
    return all;
}

void take_words(std::vector<ComparedSeries> words, const std::vector<DashboardSeries*>& series) {
    std::unordered_map<std::string, ComparedSeries*> by_key;
    for (ComparedSeries& one : words) {
        by_key.emplace(history::series_key(one.series), &one);
    }
    for (DashboardSeries* const one : series) {
        const auto found = by_key.find(history::series_key(one->row.series));
        if (found == by_key.end()) {
            one->unjudged = "its case broke in its newest run";
        } else {
            one->judged = std::move(*found->second);
        }
    }
}

void take_samples(history::Run run,
                  std::size_t place,
                  const std::vector<DashboardSeries*>& series) {
    std::unordered_map<std::string, DashboardSeries*> by_key;
    for (DashboardSeries* const one : series) {
        by_key.emplace(history::series_key(one->row.series), one);
    }
    for (history::Point& point : run.points) {
        const auto found = by_key.find(history::series_key(point.series));
        if (found != by_key.end()) {
            keep_samples(*found->second, place, std::move(point.samples));
        }
    }
}

// What broke in the newest run without having been measured ever.
void take_never_measured(const history::Run& newest, DashboardBranch& branch) {
    std::unordered_set<std::string> measured;
    for (const DashboardSeries& series : branch.series) {
        measured.insert(series.row.series.case_id);
    }
    for (const history::Failure& failure : newest.failures) {
        if (measure::is_breakage(failure.status) && !measured.contains(failure.case_id)) {
            branch.never_measured.push_back({failure.case_id, failure.status});
        }
    }
}

// What the newest run ought to have and has not: an older figure says nothing of now.
Status take_losses(history::Store& store,
                   const history::BaselinesFile& baselines,
                   const history::Run& newest,
                   DashboardBranch& branch) {
    const auto lost = lost_series(store, newest, {.baselines = &baselines});
    if (!lost) {
        return lost.error();
    }
    std::unordered_map<std::string, std::string> why;
    for (const ExpectedSeries& one : *lost) {
        why.emplace(history::series_key(one.series), one.reason);
    }
    for (DashboardSeries& series : branch.series) {
        if (const auto found = why.find(history::series_key(series.row.series));
            found != why.end()) {
            series.judged.reset();
            series.lost = true;
            series.unjudged = "lost: " + found->second;
        }
    }
    return {};
}

} // namespace

Status judge_newest(history::Store& store,
                    const DashboardChoice& choice,
                    const history::BaselinesFile& baselines,
                    DashboardBranch& branch) {
    std::size_t judged = 0;
    for (const auto& [place, series] : by_newest_run(branch)) {
        if (judged == kJudgedRuns) {
            for (DashboardSeries* const one : series) {
                one->unjudged = "nobody has run it for long";
            }
            continue;
        }
        ++judged;
        auto run = store.run(branch.runs[place].row.uuid);
        if (!run) {
            return run.error();
        }
        auto words = compare_with_baselines(store, *run, baselines);
        if (!words) {
            return words.error();
        }
        take_words(std::move(*words), series);
        take_samples(std::move(*run), place, series);
    }
    if (!branch.runs.empty()) {
        const auto newest = store.run(branch.runs.back().row.uuid);
        if (!newest) {
            return newest.error();
        }
        if (Status taken = take_losses(store, baselines, *newest, branch); !taken) {
            return taken;
        }
        if (choice.filters.empty()) {
            take_never_measured(*newest, branch);
        }
    }
    for (DashboardSeries& series : branch.series) {
        series.limit = limit_of(series, choice);
    }
    return {};
}

} // namespace assay::tracking
