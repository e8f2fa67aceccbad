#include "tracking/branch_lines.hpp"

#include "history/timestamp.hpp"
#include "statistics/summary.hpp"
#include "tracking/series_choice.hpp"
#include "tracking/stored_points.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace assay::tracking {
namespace {

using history::SeriesPoint;
using history::SeriesRow;

Result<std::vector<SeriesRow>> rows_of(history::Store& store,
                                       const AnalysisChoice& choice,
                                       const std::optional<std::string>& words) {
    auto rows = chosen_series(store, {.case_words = words, .platform = choice.platform});
    if (!rows && words && rows.error().kind == ErrorKind::missing) {
        Error error = rows.error();
        error.kind = ErrorKind::usage; // a misspelt word, not an empty history
        return error;
    }
    return rows;
}

Result<std::vector<SeriesRow>> filtered_rows(history::Store& store, const AnalysisChoice& choice) {
    auto all = rows_of(store, choice, std::nullopt);
    if (!all) {
        return all.error();
    }
    std::set<std::int64_t> wanted;
    std::set<std::int64_t> excluded;
    bool any_wanted = false;
    for (const std::string& filter : choice.filters) {
        const bool excludes = filter.starts_with("!");
        auto rows = rows_of(store, choice, filter.substr(excludes ? 1 : 0));
        if (!rows) {
            return rows.error();
        }
        any_wanted = any_wanted || !excludes;
        for (const SeriesRow& row : *rows) {
            (excludes ? excluded : wanted).insert(row.id);
        }
    }
    std::erase_if(*all, [&](const SeriesRow& row) {
        return excluded.contains(row.id) || (any_wanted && !wanted.contains(row.id));
    });
    if (all->empty()) {
        return Error{.kind = ErrorKind::missing,
                     .message = "the filters leave no series of " + store.where(),
                     .hint = "'!' in front of a filter excludes what it matches"};
    }
    return all;
}

std::string usual_branch(const std::vector<history::RunRow>& runs) {
    for (const char* const name : {"main", "master"}) {
        if (std::ranges::find(runs, name, &history::RunRow::branch) != runs.end()) {
            return name;
        }
    }
    return runs.empty() ? std::string() : runs.front().branch;
}

bool is_usable(const SeriesPoint& point) {
    return point.figures && std::isfinite(point.figures->center) && !point.dirty.value_or(false) &&
           (point.flags & history::point_flag::excluded) == 0;
}

// Runs by id, in the order in which points name them; put in the order of runs at the end.
class RunBook {
public:
    explicit RunBook(const std::vector<history::RunRow>& rows) {
        for (const history::RunRow& row : rows) {
            calibrations_.emplace(row.id, row.calibration);
        }
    }

    std::size_t index_of(const SeriesPoint& point) {
        const auto [found, is_new] = places_.emplace(point.run_id, runs_.size());
        if (is_new) {
            const auto known = calibrations_.find(point.run_id);
            runs_.push_back(
                {.id = point.run_id,
                 .uuid = point.run_uuid,
                 .sha = point.sha,
                 .when = point.commit_time.value_or(point.started),
                 .started = point.started,
                 .calibration = known == calibrations_.end() ? std::nullopt : known->second});
            order_.push_back(point.place);
        }
        return found->second;
    }

    // The runs in order, and where each now stands.
    std::pair<std::vector<BranchRun>, std::vector<std::size_t>> ordered() {
        std::vector<std::size_t> order(runs_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::sort(order, {}, [this](std::size_t i) {
            return std::tuple(order_[i], runs_[i].started, runs_[i].id);
        });
        std::vector<BranchRun> runs;
        std::vector<std::size_t> now(order.size());
        for (const std::size_t i : order) {
            now[i] = runs.size();
            runs.push_back(std::move(runs_[i]));
        }
        return {std::move(runs), std::move(now)};
    }

private:
    std::map<std::int64_t, std::optional<double>> calibrations_;
    std::unordered_map<std::int64_t, std::size_t> places_;
    std::vector<BranchRun> runs_;
    std::vector<history::RunPlace> order_; // of each
};

// Runs of one commit are one value, where the first of them stands.
SeriesLine line_of(SeriesRow row, const std::vector<SeriesPoint>& points, RunBook& book) {
    SeriesLine line{.row = std::move(row)};
    line.kind = kind_of(line.row.series);
    std::vector<std::vector<double>> pools;
    std::map<std::string, std::size_t> by_commit;
    for (const SeriesPoint& point : points) {
        const std::size_t run = book.index_of(point);
        if (!is_usable(point)) {
            continue;
        }
        std::size_t value = pools.size();
        if (!point.sha.empty()) {
            value = by_commit.emplace(point.sha, value).first->second;
        }
        if (value == pools.size()) {
            pools.emplace_back();
            line.runs.push_back(run);
        }
        pools[value].push_back(point.figures->center);
        line.points.push_back({value, point.run_id, point.flags});
    }
    for (const std::vector<double>& pool : pools) {
        line.values.push_back(pool.size() == 1 ? pool.front() : statistics::median(pool));
    }
    return line;
}

Result<BranchLines>
lines_of(history::Store& store, const AnalysisChoice& choice, std::vector<SeriesRow> rows) {
    const history::Platform& platform = rows.front().series.platform;
    auto runs = store.runs({.platform = platform.fingerprint});
    if (!runs) {
        return runs.error();
    }
    std::erase_if(*runs, [&platform](const history::RunRow& run) {
        return run.platform_label != platform.label;
    });
    BranchLines all{.platform = platform, .branch = choice.branch.value_or(usual_branch(*runs))};
    RunBook book(*runs);
    std::set<std::int64_t> dirty;
    for (SeriesRow& row : rows) {
        auto points = store.points(
            row.id, {.branch = all.branch, .since = choice.since, .excluded_too = true});
        if (!points) {
            return points.error();
        }
        std::erase_if(*points, [&choice](const SeriesPoint& point) {
            return choice.now && history::is_in_future(point.started, *choice.now);
        });
        for (const SeriesPoint& point : *points) {
            if (point.dirty.value_or(false)) {
                dirty.insert(point.run_id);
            }
        }
        SeriesLine line = line_of(std::move(row), *points, book);
        if (!line.values.empty()) {
            all.lines.push_back(std::move(line));
        }
    }
    auto [ordered, now] = book.ordered();
    all.runs = std::move(ordered);
    all.dirty_runs = dirty.size();
    for (SeriesLine& line : all.lines) {
        for (std::size_t& run : line.runs) {
            run = now[run];
        }
    }
    return all;
}

} // namespace

std::size_t SeriesLine::value_at(std::size_t run) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(runs, run) - runs.begin());
}

std::optional<std::size_t> BranchLines::run_index(const std::string& uuid) const {
    const auto found = std::ranges::find(runs, uuid, &BranchRun::uuid);
    return found == runs.end() ? std::nullopt
                               : std::optional(static_cast<std::size_t>(found - runs.begin()));
}

Result<std::vector<BranchLines>> read_branch_lines(history::Store& store,
                                                   const AnalysisChoice& choice) {
    auto rows = filtered_rows(store, choice);
    if (!rows) {
        return rows.error();
    }
    std::map<std::pair<std::string, std::string>, std::vector<SeriesRow>> by_platform;
    for (SeriesRow& row : *rows) {
        const history::Platform& platform = row.series.platform;
        by_platform[{platform.label, platform.fingerprint}].push_back(std::move(row));
    }
    std::vector<BranchLines> all;
    for (auto& [platform, of_it] : by_platform) {
        auto lines = lines_of(store, choice, std::move(of_it));
        if (!lines) {
            return lines.error();
        }
        if (!lines->lines.empty()) {
            all.push_back(std::move(*lines));
        }
    }
    return all;
}

} // namespace assay::tracking
