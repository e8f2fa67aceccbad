#include "app/notifying/untold_alerts.hpp"

#include "lanes/lanes.hpp"
#include "support/json.hpp"
#include "tracking/alert_book.hpp"
#include "tracking/alert_notices.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace assay::app {
namespace {

using Place = std::pair<std::string, std::string>; // fingerprint of a platform, branch

bool is_open(const history::AlertRow& alert) {
    return alert.state == verdict::name_of(verdict::AlertState::open) ||
           alert.state == verdict::name_of(verdict::AlertState::reopened);
}

Place place_of(const history::AlertRow& alert) {
    const json::value* const platform = alert.detail.if_contains("platform");
    return {platform != nullptr && platform->is_object()
                ? json_string(platform->get_object(), "fingerprint")
                : std::string(),
            json_string(alert.detail, "branch")};
}

// The notices that an analysis would make of these alerts, by their keys.
class Untold {
public:
    Untold(history::Store& store, const std::vector<std::string>& notifiers, std::int64_t now)
        : store_(store)
        , notifiers_(notifiers)
        , now_(now) {}

    // Of the runs that the store looks at.
    Status look(const std::string& project) {
        const auto rows = store_.alerts();
        if (!rows) {
            return rows.error();
        }
        std::set<Place> places;
        for (const history::AlertRow& row : *rows) {
            for (const std::string& notifier : notifiers_) {
                std::string key = tracking::notice_key(row, notifier);
                const auto known = is_open(row) ? store_.has_notice(key) : Result<bool>(true);
                if (!known) {
                    return known.error();
                }
                if (!*known) {
                    wanted_.insert(std::move(key));
                    places.insert(place_of(row));
                }
            }
        }
        for (const Place& place : places) {
            if (Status added = add_from(place, project); !added) {
                return added;
            }
        }
        return {};
    }

    [[nodiscard]] std::vector<history::NoticeRow> notices() && { return std::move(notices_); }

private:
    Status add_from(const Place& place, const std::string& project) {
        const lanes::Lanes lanes;
        const auto all =
            tracking::analyse(store_,
                              {.platform = place.first, .branch = place.second, .now = now_},
                              {},
                              [&lanes](std::size_t n, const std::function<void(std::size_t)>& one) {
                                  lanes.run(n, [&one](std::size_t i, std::uint32_t) { one(i); });
                              });
        if (!all && all.error().kind != ErrorKind::missing) {
            return all.error();
        }
        for (const tracking::BranchAnalysis& one :
             all ? *all : std::vector<tracking::BranchAnalysis>()) {
            auto book = tracking::open_alert_book(store_, one, now_);
            if (!book) {
                return book.error();
            }
            tracking::add_notices(*book, one, {.project = project, .notifiers = notifiers_});
            std::ranges::copy_if(
                std::as_const(book->record.notices),
                std::back_inserter(notices_),
                [this](const history::NoticeRow& row) { return wanted_.contains(row.dedupe_key); });
        }
        return {};
    }

    history::Store& store_;
    const std::vector<std::string>& notifiers_;
    std::int64_t now_;
    std::set<std::string> wanted_;
    std::vector<history::NoticeRow> notices_;
};

} // namespace

Result<std::vector<history::NoticeRow>>
untold_alerts(history::Store& store, const std::vector<std::string>& notifiers, std::int64_t now) {
    auto projects = store.projects();
    if (!projects) {
        return projects.error();
    }
    Untold untold(store, notifiers, now);
    if (projects->size() < 2) {
        const std::string only = projects->empty() ? std::string() : projects->front();
        if (Status looked = untold.look(only); !looked) {
            return looked.error();
        }
        return std::move(untold).notices();
    }
    projects->emplace_back(); // what names none is nobody else's either
    for (const std::string& project : *projects) {
        Status looked = store.look_at(project);
        looked = looked ? untold.look(project) : looked;
        if (!looked) {
            return looked.error();
        }
    }
    return std::move(untold).notices();
}

} // namespace assay::app
