// `assay history runs, show, trend, stats, platforms`: questions to the history.
#include "app/commands/history_command.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/history/overview.hpp"
#include "app/history/points_table.hpp"
#include "app/history/run_listing.hpp"
#include "app/history/run_page.hpp"
#include "app/history/short_names.hpp"
#include "app/history/trend.hpp"
#include "app/output.hpp"
#include "app/printed_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unistd.h>
#include <utility>

namespace assay::app {
namespace {

constexpr std::size_t kPointsShown = 50; // of a series, to people who did not ask for a number

Result<OpenedHistory> open_to_read(const Invocation& invocation,
                                   const Messages& say,
                                   Projects projects = Projects::current) {
    Result<OpenedHistory> opened = open_history(invocation, {.read_only = true}, projects);
    if (opened) {
        for (const std::string& warning : opened->store->warnings()) {
            say.warning(warning);
        }
    }
    return opened;
}

// What is asked for, of a platform that is known.
Result<Narrowing> checked_narrowing(const Invocation& invocation, history::Store& store) {
    Result<Narrowing> asked = narrowing_from(invocation, now_nanoseconds());
    if (!asked) {
        return asked.error();
    }
    if (Status known = check_known(store, *asked); !known) {
        return known.error();
    }
    return asked;
}

constexpr std::size_t kRunsShown = 20;

Result<std::vector<history::RunRow>> rows_of_named(history::Store& store,
                                                   history::RunQuery query,
                                                   const std::vector<history::NamedRun>& named) {
    const std::size_t limit = std::exchange(query.limit, 0);
    auto rows = store.runs(query);
    if (rows) {
        std::erase_if(*rows, [&named](const history::RunRow& row) {
            return std::ranges::find(named, row.uuid, &history::NamedRun::run_uuid) == named.end();
        });
        rows->resize(limit == 0 ? rows->size() : std::min(limit, rows->size()));
    }
    return rows;
}

} // namespace

int history_runs(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<OpenedHistory> opened = open_to_read(invocation, say);
    if (!opened) {
        return report(say, opened.error());
    }
    const Result<Narrowing> asked = checked_narrowing(invocation, *opened->store);
    if (!asked) {
        return report(say, asked.error());
    }
    history::RunQuery query = run_query(*asked);
    query.kind = invocation.value("--kind");
    query.sha = invocation.value("--commit");
    query.limit = invocation.has("--limit") ? query.limit : kRunsShown;
    const auto named = opened->store->named_runs();
    if (!named) {
        return report(say, named.error());
    }
    const auto rows = invocation.has("--named") ? rows_of_named(*opened->store, query, *named)
                                                : opened->store->runs(query);
    if (!rows) {
        return report(say, rows.error());
    }
    const auto names = short_names(*opened->store, *rows);
    if (!names) {
        return report(say, names.error());
    }
    const std::string where = opened->store->where();
    const int printed =
        rows->empty() && format_of(invocation) == "text"
            ? 0
            : print_table(invocation,
                          say,
                          runs_table(*rows,
                                     {.names = *names,
                                      .named = *named,
                                      .projects = invocation.has("--all-projects")}),
                          runs_table(*rows, {.reader = Reader::programs, .named = *named}),
                          runs_document(*rows, *named, where));
    if (rows->empty()) {
        say.note("no run in " + where + " matches; 'assay history stats' says what it holds");
        return static_cast<int>(ExitCode::nothing);
    }
    if (!invocation.has("--limit") && rows->size() == kRunsShown) {
        say.note("the newest " + std::to_string(kRunsShown) + "; --limit 0 shows all");
    }
    return printed;
}

int history_show(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<OpenedHistory> opened = open_to_read(invocation, say);
    if (!opened) {
        return report(say, opened.error());
    }
    const std::string name = invocation.words.empty() ? "latest" : invocation.words.front();
    Result<RunPage> page = read_run_page(*opened->store, name);
    if (!page) {
        return report(say, page.error());
    }
    if (invocation.words.size() > 1) {
        const std::vector<std::string> filters(invocation.words.begin() + 1,
                                               invocation.words.end());
        if (const Status kept = keep_cases(*page, filters); !kept) {
            return report(say, kept.error());
        }
    }
    if (const std::string other = other_project_of(*opened, page->run); !other.empty()) {
        say.note("run " + page->run.uuid + " is " + other);
    }
    const std::string format = format_of(invocation);
    if (format == "json") {
        return print_document(say, run_page_document(*page, opened->store->where()));
    }
    const Terminal out =
        detect_terminal(STDOUT_FILENO, color_choice(invocation), process_environment());
    const std::size_t columns = out.interactive ? static_cast<std::size_t>(out.columns) : 0;
    return print_result(say,
                        format == "csv" ? points_rows(page->run, page->ended).csv()
                                        : run_page_text(*page, columns));
}

Result<std::size_t> name_digits(history::Store& store, const std::vector<tracking::Trend>& trends) {
    std::set<std::string> uuids;
    for (const tracking::Trend& trend : trends) {
        for (const history::SeriesPoint& point : trend.points) {
            uuids.insert(point.run_uuid);
        }
    }
    return app::name_digits(store, uuids);
}

// Where it is to be shortened, each has one point more than are shown if it has any more.
int print_trends(const Invocation& invocation,
                 const Messages& say,
                 history::Store& store,
                 std::vector<tracking::Trend>& trends,
                 bool shortened) {
    bool more = false;
    for (tracking::Trend& trend : trends) {
        if (shortened && trend.points.size() > kPointsShown) {
            trend.points.erase(trend.points.begin());
            more = true;
        }
    }
    const Result<std::size_t> digits = name_digits(store, trends);
    if (!digits) {
        return report(say, digits.error());
    }
    const Terminal out =
        detect_terminal(STDOUT_FILENO, color_choice(invocation), process_environment());
    const int printed = print_result(
        say,
        trends_text(trends,
                    {.spark = out.interactive, .unicode = out.unicode, .name_digits = *digits}));
    if (more) {
        say.note(fmt::format("the newest {} points; --limit 0 shows all", kPointsShown));
    }
    return printed;
}

int history_trend(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<OpenedHistory> opened = open_to_read(invocation, say);
    if (!opened) {
        return report(say, opened.error());
    }
    const Result<Narrowing> asked = checked_narrowing(invocation, *opened->store);
    if (!asked) {
        return report(say, asked.error());
    }
    const tracking::SeriesChoice choice{.case_words = invocation.words.empty()
                                                          ? std::nullopt
                                                          : std::optional(invocation.words.front()),
                                        .metric = invocation.value("--metric"),
                                        .platform = asked->platform};
    if (const Status known = check_known(*opened->store, choice); !known) {
        return report(say, known.error());
    }
    const std::string format = format_of(invocation);
    const bool shortened = format == "text" && !invocation.has("--limit");
    Result<std::vector<tracking::Trend>> trends =
        tracking::read_trends(*opened->store,
                              choice,
                              {.branch = asked->branch,
                               .since = asked->since,
                               .last = shortened ? kPointsShown + 1 : asked->limit,
                               .excluded_too = invocation.has("--excluded-too")},
                              statistic_from(invocation));
    if (!trends) {
        return report(say, trends.error());
    }
    if (format == "json") {
        return print_document(say, trends_document(*trends, opened->store->where()));
    }
    if (format == "csv") {
        return print_result(say, trends_table(*trends).csv());
    }
    return print_trends(invocation, say, *opened->store, *trends, shortened);
}

int history_stats(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<OpenedHistory> opened = open_to_read(invocation, say, Projects::all);
    if (!opened) {
        return report(say, opened.error());
    }
    const auto stats = opened->store->stats();
    if (!stats) {
        return report(say, stats.error());
    }
    const std::string where = opened->store->where();
    return print_table(invocation,
                       say,
                       stats_table(*stats, where, Reader::people),
                       stats_table(*stats, where, Reader::programs),
                       stats_document(*stats, where));
}

int history_platforms(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const Result<OpenedHistory> opened = open_to_read(invocation, say, Projects::all);
    if (!opened) {
        return report(say, opened.error());
    }
    const auto rows = opened->store->platforms();
    if (!rows) {
        return report(say, rows.error());
    }
    return print_table(invocation,
                       say,
                       platforms_table(*rows, Reader::people),
                       platforms_table(*rows, Reader::programs),
                       platforms_document(*rows, opened->store->where()));
}

} // namespace assay::app
