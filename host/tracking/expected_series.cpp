#include "tracking/expected_series.hpp"

#include "support/text.hpp"
#include "tracking/series_baseline.hpp"

#include <algorithm>
#include <map>
#include <optional>
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

std::string question_of(const history::Run& run, const Expectations& expectations) {
    return expectations.question ? expectations.question(run) : join(run.argv, "\n");
}

// Of another program's runs nobody knows what was asked: one that has little in common with this
// one is of another program.
bool is_of_one_program(const history::Run& before, const std::set<Name>& told) {
    if (!before.argv.empty()) {
        return true; // the question was the same
    }
    std::set<Name> had;
    for (const history::Point& point : before.points) {
        had.insert(name_of(point.series));
    }
    const auto again =
        std::ranges::count_if(had, [&told](const Name& name) { return told.contains(name); });
    return 2 * static_cast<std::size_t>(again) >= had.size();
}

// The runs that this one ought to have as much as.
struct RunsBefore {
    std::vector<history::Run> newest = {};              // first the newest
    std::optional<history::Run> of_another_commit = {}; // the newest one
};

bool is_same_commit(const std::string& sha, const history::Run& run) {
    return !sha.empty() && sha == run.git.sha;
}

// Whole runs of the same kind, mode, branch, machine and project that began before it and were
// asked for the same.
Result<RunsBefore>
runs_before(history::Store& store, const history::Run& run, const Expectations& expectations) {
    const std::string& branch = run.git.branch;
    const auto rows = store.runs({.platform = run.platform.label,
                                  .branch = branch.empty() ? std::nullopt : std::optional(branch),
                                  .kind = run.kind,
                                  .until = run.started,
                                  .limit = kLookedThrough});
    if (!rows) {
        return rows.error();
    }
    const std::string question = question_of(run, expectations);
    RunsBefore before;
    for (const history::RunRow& row : *rows) {
        const bool is_alike = row.platform_fingerprint == run.platform.fingerprint &&
                              row.branch == branch && row.mode == run.mode &&
                              row.project == run.project && row.status != "cancelled" &&
                              !row.excluded;
        const bool is_other = !before.of_another_commit && !is_same_commit(row.sha, run);
        if (row.uuid == run.uuid || !is_alike ||
            (before.newest.size() == kHabitRuns && !is_other)) {
            continue;
        }
        auto whole = store.run(row.uuid);
        if (!whole) {
            return whole.error();
        }
        if (question_of(*whole, expectations) != question) {
            continue;
        }
        if (is_other) {
            before.of_another_commit = *whole;
        }
        if (before.newest.size() < kHabitRuns) {
            before.newest.push_back(std::move(*whole));
        }
        if (before.newest.size() == kHabitRuns && before.of_another_commit) {
            break;
        }
    }
    return before;
}

using Expected = std::map<Name, ExpectedSeries>;

bool has_figure_of(const history::Run& run, const Name& name) {
    return std::ranges::any_of(run.points, [&name](const history::Point& point) {
        return point.figures && name_of(point.series) == name;
    });
}

void expect_all_of(const history::Run& run, const std::string& reason, Expected& expected) {
    for (const history::Point& point : run.points) {
        if (point.figures) {
            expected.try_emplace(name_of(point.series), ExpectedSeries{point.series, reason});
        }
    }
}

// What the run before it has, with in how many runs in a row it was.
void expect_newest(const std::vector<history::Run>& newest,
                   const std::set<Name>& told,
                   Expected& expected) {
    if (newest.empty()) {
        return;
    }
    const bool one_program = is_of_one_program(newest.front(), told);
    for (const history::Point& point : newest.front().points) {
        const Name name = name_of(point.series);
        if (!point.figures || told.contains(name)) {
            continue;
        }
        const auto gone = std::ranges::find_if_not(
            newest, [&name](const history::Run& run) { return has_figure_of(run, name); });
        const auto times = static_cast<std::size_t>(gone - newest.begin());
        if (one_program || times >= kHabitRuns) {
            const std::string had =
                times == 1 ? "the run before it has it"
                           : "each of the " + std::to_string(times) + " runs before it has it";
            expected.try_emplace(name, ExpectedSeries{point.series, "not measured here: " + had});
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
lost_series(history::Store& store, const history::Run& run, const Expectations& expectations) {
    Expected expected;
    if (expectations.baselines != nullptr) {
        if (Status added = add_baselines(store, run, *expectations.baselines, expected); !added) {
            return added.error();
        }
    }
    const auto before = runs_before(store, run, expectations);
    if (!before) {
        return before.error();
    }
    const std::set<Name> told = told_by(run);
    expect_newest(before->newest, told, expected);
    if (before->of_another_commit && is_of_one_program(*before->of_another_commit, told)) {
        expect_all_of(*before->of_another_commit,
                      "not measured here: the last run of another commit has it",
                      expected);
    }
    std::set<std::string> explained; // cases without figures, and why
    for (const history::Failure& failure : run.failures) {
        explained.insert(failure.case_id);
    }
    std::vector<ExpectedSeries> lost;
    for (auto& [name, one] : expected) {
        if (!told.contains(name) && !explained.contains(name.first)) {
            lost.push_back(std::move(one));
        }
    }
    return lost;
}

} // namespace assay::tracking
