#include "tracking/dashboard/branch_points.hpp"

#include "history/timestamp.hpp"
#include "tracking/branch_lines.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace assay::tracking {
namespace {

// A commit that was measured several times has one time: its later runs stand behind the first by
// as much later as they began, as long as that is before the next commit, so that each can be seen.
void part_runs_of_one_time(std::vector<DashboardRun>& runs) {
    constexpr std::int64_t kApart = 1'000'000'000; // what a page tells apart
    for (std::size_t first = 0, end = 0; first < runs.size(); first = end) {
        const std::int64_t when = runs[first].when;
        std::vector<std::int64_t> later;
        for (end = first; end < runs.size() && runs[end].when == when; ++end) {
            later.push_back(later.empty()
                                ? 0
                                : std::max(runs[end].row.started - runs[first].row.started,
                                           later.back() + kApart));
        }
        const double room =
            end < runs.size() ? 0.9 * static_cast<double>(runs[end].when - when) : INFINITY;
        const auto whole = static_cast<double>(later.back());
        const double share = whole > room ? std::max(0.0, room / whole) : 1;
        for (std::size_t i = first; i < end; ++i) {
            runs[i].when += std::llround(share * static_cast<double>(later[i - first]));
        }
    }
}

// Runs in the order of points, those of this platform alone, and where each stands.
class BranchRuns {
public:
    BranchRuns(const std::vector<history::LineRun>& order,
               std::vector<history::RunRow> rows,
               const DashboardChoice& choice) {
        std::unordered_map<std::int64_t, history::RunRow*> by_id;
        for (history::RunRow& row : rows) {
            by_id.emplace(row.id, &row);
        }
        for (const history::LineRun& run : order) {
            const auto row = by_id.find(run.run_id);
            if (row != by_id.end() && !history::is_in_future(run.started, choice.now)) {
                places_.emplace(run.run_id, runs_.size());
                runs_.push_back({.row = std::move(*row->second),
                                 .when = run.commit_time.value_or(run.started)});
                // A run in which all broke is no less the newest.
                const history::RunRow& of = runs_.back().row;
                seen_.push_back(choice.filters.empty() && of.points == 0 &&
                                of.failures > of.not_run);
            }
        }
    }

    std::optional<std::size_t> see(std::int64_t run_id) {
        const auto found = places_.find(run_id);
        if (found == places_.end()) {
            return std::nullopt;
        }
        seen_[found->second] = true;
        return found->second;
    }

    // Of those that were seen the newest, and of each where it stands now; nothing: left out.
    std::vector<std::optional<std::size_t>> hand_over(std::size_t runs_max, DashboardBranch& out) {
        const auto seen = static_cast<std::size_t>(std::ranges::count(seen_, true));
        out.runs_left_out = runs_max == 0 || seen <= runs_max ? 0 : seen - runs_max;
        std::size_t skip = out.runs_left_out;
        std::vector<std::optional<std::size_t>> now(runs_.size());
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            if (!seen_[i]) {
                continue;
            }
            if (skip > 0) {
                --skip;
                continue;
            }
            now[i] = out.runs.size();
            out.runs.push_back(std::move(runs_[i]));
        }
        return now;
    }

private:
    std::vector<DashboardRun> runs_;
    std::vector<bool> seen_;
    std::unordered_map<std::int64_t, std::size_t> places_;
};

std::vector<DashboardPoint> placed(const std::vector<history::SeriesPoint>& points,
                                   BranchRuns& runs) {
    std::vector<DashboardPoint> all;
    all.reserve(points.size());
    for (const history::SeriesPoint& point : points) {
        if (const auto run = runs.see(point.run_id)) {
            all.push_back({.run = *run,
                           .status = point.status,
                           .figures = point.figures,
                           .flags = point.flags});
        }
    }
    return all;
}

// Points of runs that were left out go; the others are told where their runs stand.
void move_points(DashboardBranch& branch, const std::vector<std::optional<std::size_t>>& now) {
    for (DashboardSeries& series : branch.series) {
        std::erase_if(series.points,
                      [&now](const DashboardPoint& point) { return !now[point.run]; });
        for (DashboardPoint& point : series.points) {
            point.run = *now[point.run];
        }
    }
    std::erase_if(branch.series,
                  [](const DashboardSeries& series) { return series.points.empty(); });
}

} // namespace

Result<DashboardBranch> read_branch_points(history::Store& store,
                                           const DashboardChoice& choice,
                                           std::vector<history::SeriesRow> rows) {
    DashboardBranch branch{.platform = rows.front().series.platform};
    auto runs = store.runs({.platform = branch.platform.fingerprint});
    if (!runs) {
        return runs.error();
    }
    std::erase_if(*runs, [&branch](const history::RunRow& run) {
        return run.platform_label != branch.platform.label;
    });
    branch.branch = choice.branch.value_or(usual_branch(*runs));
    const history::PointQuery query{.branch = branch.branch,
                                    .since = choice.since,
                                    .last = choice.runs_max,
                                    .excluded_too = true,
                                    .failures_too = true};
    const auto order = store.line_runs(query);
    if (!order) {
        return order.error();
    }
    BranchRuns book(*order, std::move(*runs), choice);
    for (history::SeriesRow& row : rows) {
        const auto points = store.points(row.id, query);
        if (!points) {
            return points.error();
        }
        branch.series.push_back({.row = std::move(row), .points = placed(*points, book)});
    }
    const auto now = book.hand_over(choice.runs_max, branch);
    part_runs_of_one_time(branch.runs);
    move_points(branch, now);
    return branch;
}

} // namespace assay::tracking
