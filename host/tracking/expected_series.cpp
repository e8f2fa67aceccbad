#include "tracking/expected_series.hpp"

#include "tracking/series_baseline.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace assay::tracking {
namespace {

constexpr std::size_t kLookedThrough = 100; // runs, for those that are alike

// A series by its name: a new unit or clock is not a loss, but another series.
using Name = std::pair<std::string, std::string>;

Name name_of(const history::Series& series) {
    return {series.case_id, series.metric};
}

bool is_on(const history::Platform& platform, const history::Series& series) {
    return series.platform.fingerprint == platform.fingerprint &&
           series.platform.label == platform.label;
}

std::set<Name> told_by(const history::Run& run) {
    std::set<Name> told;
    for (const history::Point& point : run.points) {
        told.insert(name_of(point.series));
    }
    return told;
}

// Newest first: whole runs of the same kind, mode, branch and machine that began before it.
Result<std::vector<history::Run>> runs_before(history::Store& store, const history::Run& run) {
    const std::string& branch = run.git.branch;
    const auto rows = store.runs({.platform = run.platform.label,
                                  .branch = branch.empty() ? std::nullopt : std::optional(branch),
                                  .kind = run.kind,
                                  .until = run.started,
                                  .limit = kLookedThrough});
    if (!rows) {
        return rows.error();
    }
    std::vector<history::Run> before;
    for (const history::RunRow& row : *rows) {
        const bool is_alike = row.platform_fingerprint == run.platform.fingerprint &&
                              row.branch == branch && row.mode == run.mode &&
                              row.status != "cancelled" && !row.excluded;
        if (row.uuid == run.uuid || !is_alike) {
            continue;
        }
        auto whole = store.run(row.uuid);
        if (!whole) {
            return whole.error();
        }
        before.push_back(std::move(*whole));
        if (before.size() == kHabitRuns) {
            break;
        }
    }
    return before;
}

using Expected = std::map<Name, ExpectedSeries>;

// What each of the runs before it has a figure of.
void add_habit(const std::vector<history::Run>& before, Expected& expected) {
    if (before.size() < kHabitRuns) {
        return;
    }
    std::map<Name, std::size_t> times;
    for (const history::Run& run : before) {
        for (const history::Point& point : run.points) {
            times[name_of(point.series)] += point.figures ? 1 : 0;
        }
    }
    for (const history::Point& point : before.front().points) {
        const Name name = name_of(point.series);
        if (times[name] >= before.size()) {
            expected.try_emplace(
                name,
                ExpectedSeries{point.series,
                               "each of the " + std::to_string(before.size()) +
                                   " runs before it has it, and this one does not"});
        }
    }
}

Status add_baselines(history::Store& store,
                     const history::Run& run,
                     const history::BaselinesFile& file,
                     Expected& expected) {
    auto rows = store.series({.platform = run.platform.label});
    if (!rows) {
        return rows.error();
    }
    std::erase_if(
        *rows, [&run](const history::SeriesRow& row) { return !is_on(run.platform, row.series); });
    const auto baselines = series_baselines(store, std::move(*rows), file);
    if (!baselines) {
        return baselines.error();
    }
    for (const SeriesBaseline& one : *baselines) {
        if (one.current()) {
            expected.try_emplace(
                name_of(one.row.series),
                ExpectedSeries{one.row.series, "it has a baseline, and the run does not have it"});
        }
    }
    return {};
}

} // namespace

Result<std::vector<ExpectedSeries>>
lost_series(history::Store& store, const history::Run& run, const history::BaselinesFile& file) {
    Expected expected;
    if (Status added = add_baselines(store, run, file, expected); !added) {
        return added.error();
    }
    const auto before = runs_before(store, run);
    if (!before) {
        return before.error();
    }
    add_habit(*before, expected);
    const std::set<Name> told = told_by(run);
    std::vector<ExpectedSeries> lost;
    for (auto& [name, one] : expected) {
        if (!told.contains(name)) {
            lost.push_back(std::move(one));
        }
    }
    return lost;
}

} // namespace assay::tracking
