// assay analyze: what changed in the recorded history, and the alerts that follow from it.
#include "app/analysis/analysis_page.hpp"
#include "app/commands/analyze_command.hpp"
#include "app/history/narrowing.hpp"
#include "app/history/opened_history.hpp"
#include "app/notifying/outbox_delivery.hpp"
#include "app/output.hpp"
#include "app/printed_table.hpp"
#include "lanes/lanes.hpp"
#include "tracking/alert_notices.hpp"
#include "tracking/alert_snooze.hpp"
#include "tracking/analysis_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace assay::app {
namespace {

using tracking::ShownAnalysis;

// What looks at a part, or by other eyes, must not say that alerts are over.
bool keeps(const Invocation& invocation) {
    return invocation.words.empty() && !invocation.has("--days") && !invocation.has("--since") &&
           !invocation.has("--early") && !invocation.has("--dry-run") &&
           !invocation.has("--dirty-too") &&
           statistic_from(invocation) == tracking::PointStatistic::median &&
           invocation.value("--detector").value_or("assay") == "assay";
}

// Of which platforms nothing can be shown.
struct Found {
    std::vector<tracking::DirtyPlatform> left_out = {};
};

Result<std::vector<ShownAnalysis>> analysed(history::Store& store,
                                            const Invocation& invocation,
                                            const std::string& project,
                                            bool keep,
                                            Found& found) {
    const std::int64_t now = now_nanoseconds();
    const Result<Narrowing> asked = narrowing_from(invocation, now);
    if (!asked) {
        return asked.error();
    }
    if (Status known = check_known(store, *asked); !known) {
        return known.error();
    }
    const tracking::AnalysisChoice choice{.filters = invocation.words,
                                          .platform = asked->platform,
                                          .branch = asked->branch,
                                          .since = asked->since,
                                          .now = now,
                                          .statistic = statistic_from(invocation),
                                          .dirty_too = invocation.has("--dirty-too")};
    auto left_out = tracking::dirty_platforms(store, choice);
    if (!left_out) {
        return left_out.error();
    }
    std::ranges::move(*left_out, std::back_inserter(found.left_out));
    const lanes::Lanes lanes;
    auto all = tracking::analyse(
        store,
        choice,
        {.detector = *statistics::detector_from(invocation.value("--detector").value_or("assay")),
         .early = invocation.has("--early")},
        [&lanes](std::size_t count, const std::function<void(std::size_t)>& body) {
            lanes.run(count, [&body](std::size_t i, std::uint32_t) { body(i); });
        });
    if (!all) {
        return all.error();
    }
    const auto notifiers = ids_of(notifiers_from(process_environment()));
    std::vector<ShownAnalysis> shown;
    for (tracking::BranchAnalysis& one : *all) {
        auto book = tracking::open_alert_book(store, one, now);
        if (!book) {
            return book.error();
        }
        if (keep) {
            tracking::add_notices(*book, one, {.project = project, .notifiers = notifiers});
            if (Status kept = tracking::keep_alert_book(store, *book); !kept) {
                return kept.error();
            }
        } else {
            // Of a part: what it does not show says nothing.
            std::erase_if(book->alerts,
                          [](const tracking::BranchAlert& alert) { return alert.members.empty(); });
        }
        shown.push_back({std::move(one), std::move(*book)});
    }
    return shown;
}

// The one whose runs are looked at; "" where runs of no project are there beside it.
Result<std::string> only_project(const OpenedHistory& opened,
                                 const std::vector<std::string>& projects) {
    if (opened.looked_at || projects.empty()) {
        return opened.looked_at.value_or("");
    }
    const auto nameless = has_nameless_runs(*opened.store, std::nullopt);
    if (!nameless) {
        return nameless.error();
    }
    return *nameless ? std::string() : projects.front();
}

// Where runs of several projects are meant, each is analysed alone: series of one name on one
// machine are not one series then. A project that has nothing to show is left out.
Result<std::vector<ShownAnalysis>> analysed_by_project(const OpenedHistory& opened,
                                                       const Invocation& invocation,
                                                       bool keep,
                                                       Found& found) {
    history::Store& store = *opened.store;
    const auto projects = store.projects();
    if (!projects) {
        return projects.error();
    }
    if (opened.looked_at || projects->size() < 2) {
        const Result<std::string> name = only_project(opened, *projects);
        auto all = name ? analysed(store, invocation, *name, keep, found) : name.error();
        if (all) {
            std::ranges::for_each(*all, [&](ShownAnalysis& one) { one.project = *name; });
        }
        return all;
    }
    std::vector<ShownAnalysis> all;
    std::optional<Error> first;
    std::vector<std::string> each = *projects;
    each.emplace_back(); // what names none is nobody else's either
    for (const std::string& project : each) {
        if (Status looked = store.look_at(project); !looked) {
            return looked.error();
        }
        auto some = analysed(store, invocation, project, keep, found);
        if (!some && some.error().kind != ErrorKind::missing &&
            some.error().kind != ErrorKind::usage) {
            return some.error();
        }
        if (!some) {
            first = first ? first : std::optional(some.error());
            continue;
        }
        for (ShownAnalysis& one : *some) {
            one.project = project;
            one.among_others = true;
            all.push_back(std::move(one));
        }
    }
    return all.empty() ? Result<std::vector<ShownAnalysis>>(*first) : std::move(all);
}

void say_left_out(const Messages& say, const Found& found) {
    for (const tracking::DirtyPlatform& one : found.left_out) {
        const std::string runs =
            one.runs == 1 ? "its one run" : fmt::format("all {} runs", one.runs);
        say.note(fmt::format("{} ({}) is left out: {} on {} measured a dirty tree; --dirty-too "
                             "looks at such runs",
                             one.platform.label,
                             one.platform.fingerprint.substr(0, 12),
                             runs,
                             one.branch.empty() ? "no branch" : one.branch));
    }
}

void say_what_next(const Messages& say, const std::vector<ShownAnalysis>& all, bool kept) {
    for (const ShownAnalysis& one : all) {
        for (const tracking::BranchAlert& alert : one.book.alerts) {
            if (kept && tracking::is_new(alert, one.analysis.lines) &&
                !tracking::is_snoozed(alert.row, one.book.at)) {
                const std::string id = std::to_string(alert.row.id);
                say.note("next: assay analyze ack " + id + ", or, if it was meant to be: assay " +
                         "analyze expect " + id + " --why '...'");
                return;
            }
        }
    }
}

int print_analysis(const Invocation& invocation,
                   const Messages& say,
                   const OpenedHistory& opened,
                   const std::vector<ShownAnalysis>& all,
                   Found found,
                   bool keep) {
    const std::string format = format_of(invocation);
    if (format == "json") {
        return print_document(say,
                              tracking::analysis_document(
                                  all,
                                  {.where = opened.store->where(),
                                   .detector = invocation.value("--detector").value_or("assay"),
                                   .early = invocation.has("--early"),
                                   .kept = keep,
                                   .statistic = statistic_from(invocation),
                                   .left_out = std::move(found.left_out)}));
    }
    if (format == "csv") {
        return print_result(say, analysis_table(all).csv());
    }
    const int printed = print_result(say, analysis_text(all));
    if (!keep) {
        say.note("a look: nothing of this is kept, and alerts stay as they are");
    }
    say_what_next(say, all, keep);
    return printed;
}

} // namespace

int analyze_show(const Invocation& invocation) {
    const Messages say = messages_for(invocation);
    const bool keep = keeps(invocation);
    const Result<OpenedHistory> opened = open_history(invocation, {.read_only = !keep});
    if (!opened) {
        Error error = opened.error();
        if (keep && error.kind == ErrorKind::io) {
            error.hint += "; 'assay analyze --dry-run' looks at it and keeps nothing";
        }
        return report(say, error);
    }
    for (const std::string& warning : opened->store->warnings()) {
        say.warning(warning);
    }
    Found found;
    const auto all = analysed_by_project(*opened, invocation, keep, found);
    say_left_out(say, found);
    if (!all) {
        return report(say, all.error());
    }
    const int printed = print_analysis(invocation, say, *opened, *all, std::move(found), keep);
    if (keep) {
        tell_people(*opened->store, invocation, say);
    }
    return printed;
}

} // namespace assay::app
