#include "app/gate/new_alerts.hpp"

#include "app/gate/recorded_cases.hpp"
#include "app/history/narrowing.hpp"
#include "app/notifying/notifiers.hpp"
#include "lanes/lanes.hpp"
#include "tracking/alert_book.hpp"
#include "tracking/alert_notices.hpp"

#include <algorithm>

namespace assay::app {
namespace {

verdict::AlertNews news_of(const tracking::BranchAlert& alert,
                           const tracking::BranchAnalysis& analysis) {
    verdict::AlertNews news{.title =
                                "alert " + std::to_string(alert.row.id) + ", " + alert.row.title,
                            .severity = alert.row.severity,
                            .machine = alert.kind == tracking::AlertKind::machine_shift};
    if (alert.joins != 0) {
        news.title += ", found since alert " + std::to_string(alert.joins) +
                      " of the same commits was acknowledged or snoozed";
    }
    for (const tracking::AlertMember& member : alert.members) {
        const history::Series& series = analysis.lines.lines[member.line].row.series;
        news.about.emplace_back(subject_of(series), series.metric);
    }
    return news;
}

} // namespace

bool asks_for_alerts(const verdict::GateFile& gates) {
    return std::ranges::find(gates.rules,
                             verdict::RuleKind::no_new_alerts,
                             &verdict::GateRule::kind) != gates.rules.end();
}

Result<verdict::AlertsAsked> new_alerts(history::Store& store, const history::Run& run, bool keep) {
    if (run.git.dirty.value_or(false)) {
        return verdict::AlertsAsked{.reason = "runs of a dirty tree open no alerts: commit first"};
    }
    const auto projects = store.projects();
    if (!projects) {
        return projects.error();
    }
    if (projects->size() > 1) { // else runs that name none are those of an older Assay
        if (Status looked = store.look_at(run.project); !looked) {
            return looked.error();
        }
    }
    const lanes::Lanes lanes;
    auto all = tracking::analyse(
        store,
        {.platform = run.platform.fingerprint, .branch = run.git.branch, .now = now_nanoseconds()},
        {},
        [&lanes](std::size_t count, const std::function<void(std::size_t)>& body) {
            lanes.run(count, [&body](std::size_t i, std::uint32_t) { body(i); });
        });
    const std::vector<Notifier> notifiers = notifiers_from(process_environment());
    verdict::AlertsAsked asked;
    if (!all && all.error().kind == ErrorKind::missing) {
        asked.too_young = true;
        asked.reason = all.error().message;
        return asked;
    }
    if (!all) {
        return all.error();
    }
    asked.news.emplace();
    for (const tracking::BranchAnalysis& one : *all) {
        if (one.lines.platform.label != run.platform.label) {
            continue;
        }
        auto book = tracking::open_alert_book(store, one, now_nanoseconds());
        if (!book) {
            return book.error();
        }
        if (keep) {
            tracking::add_notices(
                *book, one, {.project = run.project, .notifiers = ids_of(notifiers)});
            if (Status kept = tracking::keep_alert_book(store, *book); !kept) {
                return kept.error();
            }
        }
        for (const tracking::BranchAlert& alert : book->alerts) {
            if (tracking::is_new(alert, one.lines)) {
                asked.news->push_back(news_of(alert, one));
            }
        }
    }
    return asked;
}

} // namespace assay::app
