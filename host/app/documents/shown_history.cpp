#include "app/documents/shown_history.hpp"

#include "app/baselines/project_baselines.hpp"
#include "app/environment.hpp"
#include "app/gate/gate_settings.hpp"
#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "lanes/lanes.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <iterator>

namespace assay::app {
namespace {

constexpr std::size_t kRunsShown = 500;

Result<double> shown_threshold(const Invocation& invocation) {
    constexpr double kUsual = 0.20; // as the rules that a gate has of its own
    if (const auto option = invocation.value("--regression-threshold")) {
        return threshold_from_option(*option);
    }
    const auto variable = process_environment()("REGRESSION_THRESHOLD");
    return variable ? threshold_from_environment(*variable) : Result<double>(kUsual);
}

std::vector<std::string> shown_platforms(const Invocation& invocation) {
    std::vector<std::string> platforms;
    for (const std::string& list : invocation.values("--platforms")) {
        for (const std::string& name : split(list, ',')) {
            if (!trim(name).empty()) {
                platforms.emplace_back(trim(name));
            }
        }
    }
    return platforms;
}

} // namespace

Result<tracking::DashboardChoice> shown_choice(const Invocation& invocation,
                                               const OpenedHistory& opened) {
    const std::int64_t now = now_nanoseconds();
    const Result<Narrowing> asked = narrowing_from(invocation, now);
    if (!asked) {
        return asked.error();
    }
    if (Status known = check_known(*opened.store, *asked); !known) {
        return known.error();
    }
    const Result<double> threshold = shown_threshold(invocation);
    if (!threshold) {
        return threshold.error();
    }
    return tracking::DashboardChoice{
        .filters = invocation.values("--series"),
        .platforms = shown_platforms(invocation),
        .branch = asked->branch,
        .since = asked->since,
        .now = now,
        .runs_max = static_cast<std::size_t>(invocation.count("--runs").value_or(kRunsShown)),
        .threshold = *threshold,
        .project = opened.looked_at};
}

Result<tracking::Dashboard> read_shown(const Invocation& invocation, const OpenedHistory& opened) {
    const auto choice = shown_choice(invocation, opened);
    if (!choice) {
        return choice.error();
    }
    const auto baselines = load_project_baselines(invocation, opened.project);
    if (!baselines) {
        return baselines.error();
    }
    const lanes::Lanes lanes;
    return tracking::read_dashboard(
        *opened.store,
        *choice,
        baselines->file(),
        [&lanes](std::size_t count, const std::function<void(std::size_t)>& body) {
            lanes.run(count, [&body](std::size_t i, std::uint32_t) { body(i); });
        });
}

std::vector<OptionSpec> shown_options(const std::string& group) {
    std::vector<OptionSpec> options{
        {.name = "--platforms",
         .value = "A,B",
         .help = "only these: labels, or first digits of fingerprints",
         .group = group,
         .repeatable = true},
        {.name = "--series",
         .value = "FILTER",
         .help = "case id, suite/family, regular expression; ! excludes",
         .group = group,
         .repeatable = true},
        {.name = "--branch",
         .value = "NAME",
         .help = "this branch (default main, else master, else the newest run's)",
         .group = group}};
    std::ranges::move(since_options(group), std::back_inserter(options));
    options.push_back({.name = "--runs",
                       .value = "N",
                       .help = "the newest N of every platform (500); 0: all",
                       .group = group,
                       .kind = ValueKind::count});
    std::ranges::move(project_options(group), std::back_inserter(options));
    return options;
}

OptionSpec shown_threshold_option(const std::string& group) {
    return {.name = "--regression-threshold",
            .value = "P",
            .help = "where the limit is drawn, above the baseline (20%)",
            .group = group};
}

Error nothing_shown(history::Store& store,
                    const tracking::DashboardChoice& choice,
                    std::string_view done) {
    Error error{.kind = ErrorKind::missing,
                .message = "nothing to " + std::string(done) + ": no run of " + store.where() +
                           " is meant, and nothing was written to a file",
                .hint = "'assay run --record' records one; 'assay history runs' shows what there "
                        "is"};
    const auto newest = store.runs({.until = choice.now, .limit = 1});
    if (!newest || newest->empty()) {
        return error;
    }
    const history::RunRow& run = newest->front();
    error.hint = "the newest run is of " + date_text(run.started) + " UTC" + ", on " +
                 run.platform_label + (run.branch.empty() ? "" : ", branch " + run.branch);
    if (choice.since && run.started < *choice.since) {

        error.hint += ": --days " +
                      std::to_string((choice.now - run.started) / kNanosecondsPerDay + 1) +
                      " reaches it";
    }
    error.hint += "; 'assay history runs' shows all";
    return error;
}

bool would_empty_file(const tracking::Dashboard& shown, std::string_view output) {
    return shown.branches.empty() && output != "-";
}

} // namespace assay::app
