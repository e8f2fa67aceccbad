#include "tracking/branch_lines.hpp"

#include "history/timestamp.hpp"
#include "statistics/summary.hpp"
#include "tracking/series_choice.hpp"
#include "tracking/stored_points.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace assay::tracking {
namespace {

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

// The runs that points may be of, and what all lines have to know of them.
class RunBook {
public:
    RunBook(std::vector<history::LineRun> runs, const AnalysisChoice& choice) {
        std::unordered_map<std::string, std::size_t> first_of;
        for (history::LineRun& run : runs) {
            if (choice.now && history::is_in_future(run.started, *choice.now)) {
                continue;
            }
            const std::size_t place = runs_.size();
            const bool dirty = run.dirty.value_or(false); // it measured nobody knows what
            const bool alone = run.sha.empty() || dirty;
            places_.emplace(run.run_id, place);
            first_.push_back(alone ? place : first_of.emplace(run.sha, place).first->second);
            left_out_.push_back(dirty && !choice.dirty_too);
            runs_.push_back({.id = run.run_id,
                             .uuid = std::move(run.uuid),
                             .sha = std::move(run.sha),
                             .when = run.commit_time.value_or(run.started),
                             .started = run.started});
        }
        seen_.assign(runs_.size(), false);
    }

    // Nothing of a run that the analysis does not look at.
    std::optional<std::size_t> see(std::int64_t run_id) {
        const auto found = places_.find(run_id);
        if (found == places_.end()) {
            return std::nullopt;
        }
        seen_[found->second] = true;
        return found->second;
    }

    [[nodiscard]] bool is_left_out(std::size_t run) const { return left_out_[run]; }

    // The first run of the same commit.
    [[nodiscard]] std::size_t first_of_commit(std::size_t run) const { return first_[run]; }

    [[nodiscard]] std::size_t size() const noexcept { return runs_.size(); }

    // Runs without any point are left out, and lines are told where the others now stand.
    void hand_over(const std::vector<history::RunRow>& rows, BranchLines& all) {
        std::unordered_map<std::int64_t, std::optional<double>> calibrations;
        for (const history::RunRow& row : rows) {
            calibrations.emplace(row.id, row.calibration);
        }
        std::vector<std::size_t> now(runs_.size());
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            now[i] = all.runs.size();
            if (seen_[i]) {
                all.dirty_runs += left_out_[i] ? 1 : 0;
                runs_[i].calibration = calibrations[runs_[i].id];
                runs_[i].left_out = left_out_[i];
                all.runs.push_back(std::move(runs_[i]));
            }
        }
        for (SeriesLine& line : all.lines) {
            for (std::size_t& run : line.runs) {
                run = now[run];
            }
        }
    }

private:
    std::unordered_map<std::int64_t, std::size_t> places_; // by id
    std::vector<BranchRun> runs_;                          // in order
    std::vector<std::size_t> first_;                       // of each the first of its commit
    std::vector<bool> left_out_, seen_;
};

// What runs of one commit say is pooled, where the first of them stands.
std::vector<double> pooled(const std::vector<LinePoint>& points,
                           const std::vector<double>& centers,
                           std::size_t values) {
    if (values == centers.size()) {
        return centers;
    }
    std::vector<std::vector<double>> pools(values);
    for (std::size_t i = 0; i < centers.size(); ++i) {
        pools[points[i].value].push_back(centers[i]);
    }
    std::vector<double> medians;
    medians.reserve(values);
    for (const std::vector<double>& pool : pools) {
        medians.push_back(statistics::median(pool));
    }
    return medians;
}

SeriesLine line_of(SeriesRow row, const std::vector<history::LinePoint>& points, RunBook& book) {
    constexpr auto kNone = std::numeric_limits<std::size_t>::max();
    SeriesLine line{.row = std::move(row)};
    line.kind = kind_of(line.row.series);
    std::vector<double> centers;
    std::vector<std::size_t> value_of(book.size(), kNone); // by the first run of a commit
    for (const history::LinePoint& point : points) {
        const auto run = book.see(point.run_id);
        const bool counts = run && point.center && std::isfinite(*point.center) &&
                            !book.is_left_out(*run) &&
                            (point.flags & history::point_flag::excluded) == 0;
        if (!counts) {
            continue;
        }
        std::size_t& value = value_of[book.first_of_commit(*run)];
        if (value == kNone) {
            value = line.runs.size();
            line.runs.push_back(*run);
        }
        centers.push_back(*point.center);
        line.points.push_back({value, point.run_id, point.flags});
    }
    line.values = pooled(line.points, centers, line.runs.size());
    return line;
}

// `center` of each is the statistic, of a run that tells it.
Result<std::vector<std::vector<history::LinePoint>>>
points_of(history::Store& store,
          const std::vector<std::int64_t>& series,
          const history::PointQuery& query,
          PointStatistic statistic) {
    if (statistic == PointStatistic::median) {
        return store.lines(series, query);
    }
    std::vector<std::vector<history::LinePoint>> lines;
    for (const std::int64_t id : series) {
        const auto points = store.points(id, query);
        if (!points) {
            return points.error();
        }
        auto& line = lines.emplace_back();
        for (const history::SeriesPoint& point : *points) {
            line.push_back(
                {.run_id = point.run_id,
                 .center = point.figures ? figure_of(*point.figures, statistic) : std::nullopt,
                 .status = point.status,
                 .flags = point.flags});
        }
    }
    return lines;
}

// Runs of a commit are named by it.
Result<std::size_t> name_digits(history::Store& store, const std::vector<BranchRun>& runs) {
    std::size_t digits = BranchLines().name_digits;
    for (const BranchRun& run : runs) {
        if (run.sha.empty()) {
            const auto name = store.short_name(run.uuid);
            if (!name) {
                return name.error();
            }
            digits = std::max(digits, name->size());
        }
    }
    return digits;
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
    std::vector<std::int64_t> ids;
    for (const SeriesRow& row : rows) {
        ids.push_back(row.id);
    }
    const history::PointQuery query{
        .branch = all.branch, .since = choice.since, .excluded_too = true};
    const auto lines = points_of(store, ids, query, choice.statistic);
    if (!lines) {
        return lines.error();
    }
    auto line_runs = store.line_runs(query);
    if (!line_runs) {
        return line_runs.error();
    }
    RunBook book(std::move(*line_runs), choice);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        SeriesLine line = line_of(std::move(rows[i]), (*lines)[i], book);
        if (!line.values.empty()) {
            all.lines.push_back(std::move(line));
        }
    }
    all.statistic = choice.statistic;
    book.hand_over(*runs, all);
    const auto digits = name_digits(store, all.runs);
    if (!digits) {
        return digits.error();
    }
    all.name_digits = *digits;
    return all;
}

} // namespace

Result<std::vector<SeriesRow>> series_of(history::Store& store, const AnalysisChoice& choice) {
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

std::size_t SeriesLine::value_at(std::size_t run) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(runs, run) - runs.begin());
}

std::optional<std::size_t> BranchLines::run_index(const std::string& uuid) const {
    const auto found = std::ranges::find(runs, uuid, &BranchRun::uuid);
    return found == runs.end() ? std::nullopt
                               : std::optional(static_cast<std::size_t>(found - runs.begin()));
}

std::size_t BranchLines::newest() const {
    std::size_t newest = runs.size() - 1;
    while (newest > 0 && runs[newest].left_out) {
        --newest;
    }
    return newest;
}

Result<std::vector<BranchLines>> read_branch_lines(history::Store& store,
                                                   const AnalysisChoice& choice) {
    auto rows = series_of(store, choice);
    if (!rows) {
        return rows.error();
    }
    const std::size_t matched = rows->size();
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
    if (all.empty() && choice.statistic != PointStatistic::median) {
        return untold(choice.statistic, matched, store.where());
    }
    return all;
}

} // namespace assay::tracking
