#include "app/history/meant_run.hpp"

#include "app/environment.hpp"
#include "app/history/figure_words.hpp"
#include "app/history/instant.hpp"
#include "app/history/narrowing.hpp"
#include "history/timestamp.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace assay::app {
namespace {

// What was typed alone: PERFORMANCE_PLATFORM says what this machine is called.
std::optional<std::string> typed_alone(const Invocation& invocation, const std::string& option) {
    return invocation.options.contains(option) ? invocation.value(option) : std::nullopt;
}

// Of this machine, and of the tree that is checked out, where nothing else is wished.
history::RunQuery query_for(const RunWish& wish, const history::RecordContext& here) {
    history::RunQuery query{.platform = wish.platform.value_or(here.platform.label),
                            .branch = wish.branch};
    if (!wish.branch && !here.git.branch.empty()) {
        query.branch = here.git.branch;
    } else if (!wish.branch && !here.git.sha.empty()) {
        query.sha = here.git.sha;
    }
    return query;
}

std::string asked_in_words(const history::RunQuery& query) {
    std::string words = " on platform '" + query.platform.value_or("") + "'";
    if (query.branch) {
        words += " of branch '" + *query.branch + "'";
    }
    return query.sha ? words + " of commit " + short_commit(*query.sha) : words;
}

// Where there are runs: "main on epyc_2c (4), pr-7 on epyc_2c (1)".
Result<std::string> places_with_runs(history::Store& store) {
    constexpr std::size_t kLookedThrough = 200, kNamed = 4;
    const auto rows = store.runs({.limit = kLookedThrough});
    if (!rows) {
        return rows.error();
    }
    std::vector<std::string> places; // newest first
    for (const history::RunRow& row : *rows) {
        const std::string place =
            (row.branch.empty() ? "no branch" : "branch '" + row.branch + "'") + " on '" +
            row.platform_label + "'";
        if (std::ranges::find(places, place) == places.end()) {
            places.push_back(place);
        }
    }
    const bool more = places.size() > kNamed;
    places.resize(std::min(places.size(), kNamed));
    return join(places, ", ") + (more ? ", ..." : "");
}

// Of a machine that was named, the newest run where none of its runs has a branch: files of other
// tools seldom tell one, and the branch that is checked out here is not theirs.
Result<std::optional<history::RunRow>>
newest_without_branch(history::Store& store, const RunWish& wish, history::RunQuery query) {
    if (!wish.platform || wish.branch) {
        return std::optional<history::RunRow>();
    }
    query.branch.reset();
    query.sha.reset();
    const auto rows = store.runs(query);
    if (!rows) {
        return rows.error();
    }
    const auto counts = [](const history::RunRow& row) { return !row.excluded; };
    const auto newest = std::ranges::find_if(*rows, counts);
    const bool has_branches =
        std::ranges::any_of(*rows, [](const history::RunRow& row) { return !row.branch.empty(); });
    return newest == rows->end() || has_branches ? std::optional<history::RunRow>() : *newest;
}

} // namespace

Result<RunWish> run_wish(const Invocation& invocation) {
    RunWish wish{.run = typed_alone(invocation, "--run"),
                 .platform = typed_alone(invocation, "--platform"),
                 .branch = typed_alone(invocation, "--branch")};
    wish.called = !wish.platform && process_environment()("PERFORMANCE_PLATFORM").has_value();
    if (wish.run && (wish.platform || wish.branch)) {
        return Error{.kind = ErrorKind::usage,
                     .message =
                         "--run names one run, and --platform and --branch the newest of many",
                     .hint = "give either"};
    }
    return wish;
}

Result<history::Run>
meant_run(history::Store& store, const RunWish& wish, const history::RecordContext& here) {
    if (wish.run) {
        return store.run(*wish.run);
    }
    constexpr std::size_t kLookedThrough = 1000; // that a person may have excluded in a row
    history::RunQuery query = query_for(wish, here);
    query.until =
        here.now + history::kClockSlackNs; // no clock that is ahead makes a run the newest
    query.limit = kLookedThrough;
    const auto rows = store.runs(query);
    if (!rows) {
        return rows.error();
    }
    const auto newest_of = [&rows, &here](bool any_machine) {
        return std::ranges::find_if(*rows, [&](const history::RunRow& row) {
            return !row.excluded &&
                   (any_machine || row.platform_fingerprint == here.platform.fingerprint);
        });
    };
    auto newest = newest_of(wish.platform.has_value());
    if (newest == rows->end() && wish.called) {
        newest = newest_of(true);
    }
    if (newest != rows->end()) {
        return store.run(newest->uuid);
    }
    if (auto without = newest_without_branch(store, wish, query); !without || *without) {
        return without ? store.run((*without)->uuid) : Result<history::Run>(without.error());
    }
    const Narrowing typed{.platform = wish.platform, .platform_typed = true, .branch = wish.branch};
    if (Status known = check_known(store, typed); !known) {
        return known.error();
    }
    const auto places = places_with_runs(store);
    if (!places) {
        return places.error();
    }
    return Error{.kind = ErrorKind::missing,
                 .message = "there is no run" + asked_in_words(query) + " in " + store.where() +
                            (places->empty() ? "" : "; there are runs of " + *places),
                 .hint =
                     "--platform, --branch or --run of 'assay gate --skip-run' say which run is "
                     "meant; 'assay history runs' lists them"};
}

std::string run_in_words(const history::Run& run) {
    std::string words =
        "run " + run.uuid + " (" + run.kind + ", " + date_text(run.started) + " UTC";
    if (!run.git.branch.empty()) {
        words += ", " + run.git.branch;
    }
    if (!run.git.sha.empty()) {
        words += " " + short_commit(run.git.sha);
    }
    return words + ", " + run.platform.label + ")";
}

} // namespace assay::app
