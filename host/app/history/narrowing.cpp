#include "app/history/narrowing.hpp"

#include "app/history/instant.hpp"
#include "support/text.hpp"
#include "tracking/known_platform.hpp"

#include <algorithm>
#include <chrono>
#include <set>

namespace assay::app {

OptionSpec platform_option(const std::string& group) {
    return {.name = "--platform",
            .value = "NAME",
            .help = "only this platform: its label, or the begin of its fingerprint",
            .group = group,
            .environment = "PERFORMANCE_PLATFORM"};
}

OptionSpec branch_option(const std::string& group) {
    return {
        .name = "--branch", .value = "NAME", .help = "only runs of this branch", .group = group};
}

std::vector<OptionSpec> since_options(const std::string& group) {
    return {{.name = "--days",
             .value = "N",
             .help = "only the last N days",
             .group = group,
             .kind = ValueKind::count},
            {.name = "--since",
             .value = "WHEN",
             .help = "only from then on: 2026-11-21, or so long ago: 36h, 14d",
             .group = group}};
}

OptionSpec limit_option(const std::string& group, const std::string& help) {
    return {
        .name = "--limit", .value = "N", .help = help, .group = group, .kind = ValueKind::count};
}

OptionSpec statistic_option(const std::string& group) {
    OptionSpec option{.name = "--statistic",
                      .value = "NAME",
                      .help = "of every run another figure than its median",
                      .group = group};
    for (const tracking::PointStatistic statistic : tracking::kPointStatistics) {
        option.choices.emplace_back(name_of(statistic));
    }
    return option;
}

tracking::PointStatistic statistic_from(const Invocation& invocation) {
    const std::string name = invocation.value("--statistic").value_or("median");
    return tracking::point_statistic_named(name).value_or(tracking::PointStatistic::median);
}

Result<Narrowing> narrowing_from(const Invocation& invocation, std::int64_t now) {
    Narrowing asked{.platform = invocation.value("--platform"),
                    .platform_typed = invocation.options.contains("--platform"),
                    .branch = invocation.value("--branch"),
                    .limit = static_cast<std::size_t>(invocation.count("--limit").value_or(0))};
    const std::optional<std::uint64_t> days = invocation.count("--days");
    const std::optional<std::string> since = invocation.value("--since");
    if (days && since) {
        return Error{.kind = ErrorKind::usage,
                     .message = "--days and --since both say where to begin",
                     .hint = "give one of them"};
    }
    if (days || since) {
        const Result<std::int64_t> begin =
            instant_from(days ? std::to_string(*days) + "d" : *since, now);
        if (!begin) {
            return begin.error();
        }
        asked.since = *begin;
    }
    return asked;
}

namespace {

Status check_platform(history::Store& store, const Narrowing& asked) {
    if (!asked.platform) {
        return {};
    }
    Status known = tracking::find_platform(store, *asked.platform);
    if (known || known.error().kind != ErrorKind::missing) {
        return known;
    }
    Error error = known.error();
    error.kind = asked.platform_typed ? ErrorKind::usage : ErrorKind::missing;
    error.message =
        (asked.platform_typed ? "--platform: " : "PERFORMANCE_PLATFORM: ") + error.message;
    return error;
}

Status check_branch(history::Store& store, const std::optional<std::string>& branch) {
    if (!branch) {
        return {};
    }
    const auto any = store.runs({.branch = branch, .limit = 1});
    if (!any) {
        return any.error();
    }
    if (!any->empty()) {
        return {};
    }
    const auto all = store.runs({});
    if (!all) {
        return all.error();
    }
    std::set<std::string> names;
    for (const history::RunRow& run : *all) {
        names.insert(run.branch);
    }
    names.erase("");
    if (all->empty()) {
        return {}; // nothing is recorded: that is what there is to tell
    }
    const std::vector<std::string> known(names.begin(), names.end());
    return Error{.kind = ErrorKind::usage,
                 .message = "--branch: there is no run of a branch '" + *branch + "' in " +
                            store.where() + did_you_mean(*branch, known),
                 .hint = "'assay history runs' shows the branch of every run"};
}

} // namespace

Status check_known(history::Store& store, const Narrowing& asked) {
    Status platform = check_platform(store, asked);
    return platform ? check_branch(store, asked.branch) : platform;
}

Status check_known(history::Store& store, const tracking::SeriesChoice& choice) {
    const auto rows = tracking::chosen_series(store, choice);
    if (rows || rows.error().kind != ErrorKind::missing) {
        return rows ? Status() : Status(rows.error());
    }
    const auto all = store.series({.platform = choice.platform});
    if (!all || all->empty()) {
        return all ? Status() : Status(all.error());
    }
    Error error = rows.error();
    error.kind = ErrorKind::usage;
    return error;
}

history::RunQuery run_query(const Narrowing& asked) {
    return {.platform = asked.platform,
            .branch = asked.branch,
            .since = asked.since,
            .limit = asked.limit};
}

std::int64_t now_nanoseconds() {
    using namespace std::chrono;
    return duration_cast<nanoseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace assay::app
