#include "app/history/narrowing.hpp"

#include "app/history/instant.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <chrono>

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

bool is_platform(const history::Platform& platform, const std::string& name) {
    return platform.label == name || platform.fingerprint.starts_with(name);
}

Status check_platform(history::Store& store, const Narrowing& asked) {
    if (!asked.platform) {
        return {};
    }
    const Result<std::vector<history::PlatformRow>> known = store.platforms();
    if (!known) {
        return known.error();
    }
    std::vector<std::string> labels;
    for (const history::PlatformRow& row : *known) {
        if (is_platform(row.platform, *asked.platform)) {
            return {};
        }
        labels.push_back(row.platform.label);
    }
    return Error{.kind = asked.platform_typed ? ErrorKind::usage : ErrorKind::missing,
                 .message =
                     std::string(asked.platform_typed ? "--platform" : "PERFORMANCE_PLATFORM") +
                     ": there is no run of a platform '" + *asked.platform + "' in " +
                     store.where() + did_you_mean(*asked.platform, labels),
                 .hint = "'assay history platforms' lists those there are"};
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
