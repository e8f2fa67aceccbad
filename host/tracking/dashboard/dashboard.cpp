#include "tracking/dashboard/dashboard.hpp"

#include "tracking/dashboard/branch_points.hpp"
#include "tracking/dashboard/newest_verdicts.hpp"
#include "tracking/dashboard/run_samples.hpp"
#include "tracking/known_platform.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace assay::tracking {
namespace {

using Rows = std::vector<history::SeriesRow>;

AnalysisChoice analysis_choice(const DashboardChoice& choice,
                               const std::optional<std::string>& platform) {
    return {.filters = choice.filters,
            .platform = platform,
            .branch = choice.branch,
            .since = choice.since,
            .now = choice.now};
}

// By platform, each once, whoever named it twice.
Result<std::map<std::pair<std::string, std::string>, Rows>>
rows_by_platform(history::Store& store, const DashboardChoice& choice) {
    std::vector<std::optional<std::string>> named(choice.platforms.begin(), choice.platforms.end());
    if (named.empty()) {
        named.emplace_back();
    }
    std::map<std::pair<std::string, std::string>, Rows> all;
    std::set<std::int64_t> taken;
    for (const std::optional<std::string>& platform : named) {
        auto rows = series_of(store, analysis_choice(choice, platform));
        if (!rows) {
            return rows.error();
        }
        for (history::SeriesRow& row : *rows) {
            if (taken.insert(row.id).second) {
                const history::Platform& of = row.series.platform;
                all[{of.label, of.fingerprint}].push_back(std::move(row));
            }
        }
    }
    return all;
}

// Nothing where the platform has too few runs to show any change.
Result<std::optional<ShownAnalysis>> analysed(history::Store& store,
                                              const DashboardChoice& choice,
                                              const DashboardBranch& branch,
                                              const ForEach& each) {
    AnalysisChoice asked = analysis_choice(choice, branch.platform.fingerprint);
    asked.branch = branch.branch;
    auto all = analyse(store, asked, {}, each);
    if (!all) {
        return all.error().kind == ErrorKind::missing
                   ? Result<std::optional<ShownAnalysis>>(std::optional<ShownAnalysis>())
                   : all.error();
    }
    for (BranchAnalysis& one : *all) {
        if (one.lines.platform.label != branch.platform.label) {
            continue;
        }
        auto book = open_alert_book(store, one, choice.now);
        if (!book) {
            return book.error();
        }
        if (!choice.filters.empty() || choice.since) { // of a part: what it lacks says nothing
            std::erase_if(book->alerts,
                          [](const BranchAlert& alert) { return alert.members.empty(); });
        }
        return std::optional(ShownAnalysis{std::move(one), std::move(*book), {}});
    }
    return std::optional<ShownAnalysis>();
}

Result<DashboardBranch> read_branch(history::Store& store,
                                    const DashboardChoice& choice,
                                    const history::BaselinesFile& baselines,
                                    const ForEach& each,
                                    Rows rows) {
    auto branch = read_branch_points(store, choice, std::move(rows));
    if (!branch || branch->series.empty()) {
        return branch;
    }
    if (Status judged = judge_newest(store, choice, baselines, *branch); !judged) {
        return judged.error();
    }
    auto shown = analysed(store, choice, *branch, each);
    if (!shown) {
        return shown.error();
    }
    branch->analysis = std::move(*shown);
    if (Status read = read_samples_before_changes(store, *branch); !read) {
        return read.error();
    }
    return branch;
}

// Everything of the project that the store is narrowed to, or of all of it.
Status read_branches(history::Store& store,
                     const DashboardChoice& choice,
                     const history::BaselinesFile& baselines,
                     const ForEach& each,
                     std::vector<DashboardBranch>& branches) {
    auto rows = rows_by_platform(store, choice);
    if (!rows) {
        return rows.error();
    }
    for (auto& [platform, of_it] : *rows) {
        auto branch = read_branch(store, choice, baselines, each, std::move(of_it));
        if (!branch) {
            return branch.error();
        }
        if (!branch->series.empty()) {
            branches.push_back(std::move(*branch));
        }
    }
    return {};
}

// One project after the other; what a project has nothing of is not asked of it.
Status read_projects(history::Store& store,
                     const DashboardChoice& choice,
                     const history::BaselinesFile& baselines,
                     const ForEach& each,
                     std::vector<std::string> projects,
                     std::vector<DashboardBranch>& branches) {
    std::optional<Error> first;
    projects.emplace_back(); // what names none is nobody else's either
    for (const std::string& project : projects) {
        if (Status looked = store.look_at(project); !looked) {
            return looked;
        }
        const std::size_t before = branches.size();
        Status read = read_branches(store, choice, baselines, each, branches);
        if (!read && read.error().kind != ErrorKind::missing &&
            read.error().kind != ErrorKind::usage) {
            return read;
        }
        if (!read) {
            first = first ? first : std::optional(read.error());
        }
        for (std::size_t i = before; i < branches.size(); ++i) {
            branches[i].project = project;
        }
    }
    if (Status whole = store.look_at(std::nullopt); !whole) {
        return whole;
    }
    return branches.empty() && first ? Status(*first) : Status();
}

Status check_platforms(history::Store& store, const DashboardChoice& choice) {
    for (const std::string& platform : choice.platforms) {
        if (Status known = find_platform(store, platform); !known) {
            Error error = known.error();
            error.kind = error.kind == ErrorKind::missing ? ErrorKind::usage : error.kind;
            error.message = "--platforms: " + error.message;
            return error;
        }
    }
    return {};
}

} // namespace

Result<Dashboard> read_dashboard(history::Store& store,
                                 const DashboardChoice& choice,
                                 const history::BaselinesFile& baselines,
                                 const ForEach& each) {
    Dashboard dashboard{.where = store.where(), .choice = choice};
    const auto any = store.runs({.limit = 1});
    if (!any) {
        return any.error();
    }
    if (any->empty()) {
        return dashboard;
    }
    if (Status known = check_platforms(store, choice); !known) {
        return known.error();
    }
    auto projects = store.projects();
    if (!projects) {
        return projects.error();
    }
    const Status read =
        choice.project || projects->size() < 2
            ? read_branches(store, choice, baselines, each, dashboard.branches)
            : read_projects(
                  store, choice, baselines, each, std::move(*projects), dashboard.branches);
    if (!read) {
        return read.error();
    }
    if (Status others = read_samples_of_others(store, dashboard.branches); !others) {
        return others.error();
    }
    return dashboard;
}

} // namespace assay::tracking
