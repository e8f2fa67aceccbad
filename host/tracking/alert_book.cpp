#include "tracking/alert_book.hpp"

#include "statistics/summary.hpp"
#include "support/json.hpp"
#include "support/percent.hpp"
#include "tracking/alert_snooze.hpp"
#include "tracking/change_matches.hpp"
#include "tracking/document_values.hpp"
#include "tracking/series_choice.hpp"
#include "tracking/told_words.hpp"
#include "verdict/lattice.hpp"
#include "verdict/severity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <span>
#include <utility>

namespace assay::tracking {
namespace {

using history::ChangePointRow;
using verdict::AlertSign;
using verdict::AlertState;

constexpr const char* kWho = "assay analyze";

// Of a detail that some Assay wrote.
std::vector<std::string> change_ids(const json::object& detail) {
    std::vector<std::string> ids;
    const json::value* const list = detail.if_contains("changes");
    if (list != nullptr && list->is_array()) {
        for (const json::value& id : list->get_array()) {
            if (id.is_string()) {
                ids.emplace_back(id.get_string());
            }
        }
    }
    return ids;
}

bool is_of(const history::AlertRow& row, const BranchLines& lines) {
    const json::value* const platform = row.detail.if_contains("platform");
    return platform != nullptr && platform->is_object() &&
           json_string(platform->get_object(), "fingerprint") == lines.platform.fingerprint &&
           json_string(platform->get_object(), "label") == lines.platform.label &&
           json_string(row.detail, "branch") == lines.branch;
}

// A change to the worse that nobody has accepted and that is not over.
bool is_alarming(const LineChange& change) {
    return change.worse && !change.over &&
           (change.standing == verdict::LevelStanding::worse ||
            change.standing == verdict::LevelStanding::candidate);
}

class Bookkeeper {
public:
    Bookkeeper(const BranchAnalysis& analysis,
               const std::vector<ChangePointRow>& stored,
               std::int64_t now)
        : analysis_(analysis)
        , now_(now)
        , matches_(match_changes(analysis, stored, now)) {
        for (const ChangePointRow& row : stored) {
            stored_.emplace(row.id, row);
        }
    }

    AlertBook book(const std::vector<history::AlertRow>& rows) {
        for (const history::AlertRow& row : rows) {
            if (is_of(row, analysis_.lines)) {
                take_stored(row);
            }
        }
        attach_changes();
        for (BranchAlert& alert : book_.alerts) {
            describe(alert);
        }
        settle();
        book_.record.change_points = matches_.to_write;
        book_.record.marks = point_marks(analysis_);
        return std::move(book_);
    }

private:
    [[nodiscard]] const LineChange& change_of(const AlertMember& member) const {
        return analysis_.findings[member.line].changes[member.change];
    }

    [[nodiscard]] const SeriesLine& line_of_member(const AlertMember& member) const {
        return analysis_.lines.lines[member.line];
    }

    [[nodiscard]] AlertKind kind_of_member(const AlertMember& member) const {
        return change_of(member).explained ? AlertKind::machine_shift : AlertKind::regression;
    }

    void take_stored(const history::AlertRow& row) {
        const auto state = verdict::alert_state_from(row.state);
        if (!state) {
            return; // of a newer Assay: left as it is
        }
        BranchAlert& alert =
            book_.alerts.emplace_back(BranchAlert{.row = row, .state = *state, .was = row.state});
        alert.kind = json_string(row.detail, "kind") == name_of(AlertKind::machine_shift)
                         ? AlertKind::machine_shift
                         : AlertKind::regression;
        alert.last_good = analysis_.lines.run_index(json_string(row.detail, "last_good"));
        alert.first_bad = analysis_.lines.run_index(json_string(row.detail, "first_bad"));
        alert.joins = json_int(row.detail, "joins", 0);
        for (const std::string& id : change_ids(row.detail)) {
            by_change_[id] = book_.alerts.size() - 1;
        }
    }

    // Every change that an alert is about, or that needs one.
    void attach_changes() {
        std::vector<AlertMember> new_ones;
        for (const auto& [place, id] : matches_.ids) {
            const AlertMember member{place.first, place.second, id};
            if (const auto known = by_change_.find(id); known != by_change_.end()) {
                add(book_.alerts[known->second], member);
            } else if (is_alarming(change_of(member)) && change_of(member).counted) {
                new_ones.push_back(member);
            }
        }
        std::ranges::stable_sort(new_ones, {}, [this](const AlertMember& member) {
            return line_of_member(member).runs[change_of(member).index];
        });
        for (const AlertMember& member : new_ones) {
            join(member);
        }
    }

    void add(BranchAlert& alert, const AlertMember& member) {
        const SeriesLine& line = line_of_member(member);
        const std::size_t good = line.runs[change_of(member).index - 1];
        const std::size_t bad = line.runs[change_of(member).index];
        // The interval that all of its series agree on.
        const bool first = alert.members.empty();
        alert.last_good = first ? good : std::max(good, alert.last_good.value_or(good));
        alert.first_bad = first ? bad : std::min(bad, alert.first_bad.value_or(bad));
        if (*alert.last_good >= *alert.first_bad) { // moved apart since they were grouped
            alert.last_good = good;
            alert.first_bad = bad;
        }
        alert.members.push_back(member);
    }

    [[nodiscard]] bool overlaps(const BranchAlert& alert, const AlertMember& member) const {
        if (!alert.last_good || !alert.first_bad) {
            return false;
        }
        const SeriesLine& line = line_of_member(member);
        const std::size_t index = change_of(member).index;
        return std::max(*alert.last_good, line.runs[index - 1]) <
               std::min(*alert.first_bad, line.runs[index]);
    }

    // Somebody knows of the series that it had when they said so, and of no other.
    [[nodiscard]] bool is_answered(const BranchAlert& alert) const {
        return alert.state == AlertState::acknowledged || is_snoozed(alert.row, now_);
    }

    void join(const AlertMember& member) {
        std::int64_t answered = 0;
        for (BranchAlert& alert : book_.alerts) {
            if (!verdict::is_live(alert.state) || alert.kind != kind_of_member(member) ||
                !overlaps(alert, member)) {
                continue;
            }
            if (!is_answered(alert)) {
                add(alert, member);
                return;
            }
            answered = answered == 0 ? alert.row.id : answered;
        }
        BranchAlert& alert = book_.alerts.emplace_back();
        alert.joins = answered;
        alert.kind = kind_of_member(member);
        alert.row.key = "change:" + member.change_id;
        add(alert, member);
    }

    // What the newest analysis sees of an alert.
    [[nodiscard]] AlertSign sign_of(const BranchAlert& alert) const {
        bool suspected = false;
        bool confirmed = false;
        for (const AlertMember& member : alert.members) {
            const LineChange& change = change_of(member);
            const bool still = is_alarming(change);
            confirmed = confirmed || (still && change.state == statistics::PointState::confirmed);
            suspected = suspected || still;
        }
        if (suspected) {
            return confirmed ? AlertSign::confirmed : AlertSign::suspected;
        }
        if (!alert.members.empty()) {
            return AlertSign::over;
        }
        return is_back(alert) ? AlertSign::over : AlertSign::unseen;
    }

    // Nothing of it is found any more: whether the newest runs lie nearer to the old level.
    [[nodiscard]] bool is_back(const BranchAlert& alert) const {
        const std::vector<std::string> ids = change_ids(alert.row.detail);
        return !ids.empty() && std::ranges::all_of(ids, [this](const std::string& id) {
            const auto row = stored_.find(id);
            return row != stored_.end() && is_back(row->second);
        });
    }

    [[nodiscard]] bool is_back(const ChangePointRow& row) const {
        const auto& lines = analysis_.lines.lines;
        const auto line = std::ranges::find_if(
            lines, [&row](const SeriesLine& one) { return one.row.id == row.series_id; });
        if (line == lines.end() || line->values.size() < verdict::kConfirmingRuns ||
            !row.mean_before || !row.mean_after) {
            return false;
        }
        const double now =
            statistics::median(std::span(line->values).last(verdict::kConfirmingRuns));
        return std::abs(now - *row.mean_before) < std::abs(now - *row.mean_after);
    }

    void settle() {
        for (BranchAlert& alert : book_.alerts) {
            const AlertState before = alert.state;
            alert.state = verdict::next_state(before, sign_of(alert));
            alert.row.state = verdict::name_of(alert.state);
            const std::string newest = newest_run(analysis_.lines).uuid;
            const bool created = alert.was.empty();
            const bool opens = alert.state != before && (alert.state == AlertState::open ||
                                                         alert.state == AlertState::reopened);
            if (created || opens) {
                alert.row.opened_run = newest;
                alert.row.owner
                    .clear(); // what was said of the turn before is no answer to this one
                alert.row.note.clear();
            }
            if (created || opens || verdict::is_live(alert.state)) {
                alert.row.last_run = newest;
            }
            write(alert, before);
        }
    }

    void write(const BranchAlert& alert, AlertState before) {
        history::AlertUpdate update{.row = alert.row, .was = alert.was};
        if (alert.was.empty() || alert.state != before) {
            update.events.push_back({.at = now_,
                                     .who = kWho,
                                     .from_state = alert.was,
                                     .to_state = alert.row.state,
                                     .note = alert.row.title});
        }
        book_.record.alerts.push_back(std::move(update));
    }

    // Title, severity and detail of what is found now; one that is not found keeps what it has.
    void describe(BranchAlert& alert) {
        if (alert.members.empty()) {
            return;
        }
        std::ranges::stable_sort(alert.members, std::greater<>(), [this](const AlertMember& one) {
            const LineChange& change = change_of(one);
            return verdict::weight_of(change.size.value_or(0), change.scale);
        });
        for (const MachineShift& shift : analysis_.shifts) {
            if (*alert.first_bad + 1 >= shift.first && *alert.first_bad <= shift.end) {
                alert.cause = shift.cause;
            }
        }
        auto worst = verdict::SeverityClass::minor;
        std::vector<std::string> known = change_ids(alert.row.detail);
        std::set<std::string> ids(known.begin(), known.end());
        for (const AlertMember& member : alert.members) {
            ids.insert(member.change_id);
            if (const auto& severity = change_of(member).severity) {
                worst = std::max(worst, severity->size);
            }
        }
        alert.row.severity = verdict::name_of(worst);
        alert.row.title = title_of(alert);
        alert.row.detail = detail_of(alert, ids);
    }

    [[nodiscard]] std::string title_of(const BranchAlert& alert) const {
        const AlertMember& first = alert.members.front();
        const LineChange& change = change_of(first);
        std::string title = series_name(line_of_member(first).row.series);
        title += change.size ? " " + change_text(*change.size,
                                                 verdict::name_of(change.scale),
                                                 line_of_member(first).kind.direction)
                             : " worse than nothing";
        const std::size_t more = alert.members.size() - 1;
        title += more == 0 ? "" : fmt::format(", and {} more", more);
        return title;
    }

    [[nodiscard]] json::object detail_of(const BranchAlert& alert,
                                         const std::set<std::string>& ids) const {
        const BranchLines& lines = analysis_.lines;
        const BranchRun& good = lines.runs[*alert.last_good];
        const BranchRun& bad = lines.runs[*alert.first_bad];
        const LineChange& first = change_of(alert.members.front());
        json::object detail{
            {"kind", std::string(name_of(alert.kind))},
            {"cause", std::string(verdict::name_of(alert.cause))},
            {"branch", lines.branch},
            {"platform", platform_value(lines.platform.label, lines.platform.fingerprint)},
            {"changes", json::array(ids.begin(), ids.end())},
            {"last_good", good.uuid},
            {"first_bad", bad.uuid},
            {"last_good_commit", optional_text(good.sha)},
            {"first_bad_commit", optional_text(bad.sha)},
            {"size", optional_number(first.size)},
            {"scale", std::string(verdict::name_of(first.scale))}};
        if (alert.joins != 0) {
            detail["joins"] = alert.joins;
        }
        return detail;
    }

    const BranchAnalysis& analysis_;
    std::int64_t now_;
    ChangeMatches matches_;
    std::map<std::string, ChangePointRow> stored_;
    std::map<std::string, std::size_t> by_change_; // index of the alert
    AlertBook book_;
};

// What is as it was is not written again.
void leave_out_unchanged(AlertBook& book, const std::vector<history::AlertRow>& rows) {
    std::map<std::string, const history::AlertRow*> before;
    for (const history::AlertRow& row : rows) {
        before.emplace(row.key, &row);
    }
    std::erase_if(book.record.alerts, [&before](const history::AlertUpdate& update) {
        const auto old = before.find(update.row.key);
        return old != before.end() && update.events.empty() &&
               old->second->last_run == update.row.last_run &&
               old->second->title == update.row.title &&
               canonical_json(old->second->detail) == canonical_json(update.row.detail);
    });
}

} // namespace

std::string_view name_of(AlertKind kind) noexcept {
    constexpr std::array<std::string_view, 2> kKinds{"regression", "environment_shift"};
    return kKinds.at(static_cast<std::size_t>(kind));
}

Result<AlertBook>
open_alert_book(history::Store& store, const BranchAnalysis& analysis, std::int64_t now) {
    const auto changes = store.change_points(std::nullopt);
    if (!changes) {
        return changes.error();
    }
    const auto alerts = store.alerts();
    if (!alerts) {
        return alerts.error();
    }
    AlertBook book = Bookkeeper(analysis, *changes, now).book(*alerts);
    book.at = now;
    leave_out_unchanged(book, *alerts);
    return book;
}

Status keep_alert_book(history::Store& store, AlertBook& book) {
    if (book.record.empty()) {
        return {};
    }
    if (Status kept = store.keep_analysis(book.record); !kept) {
        return kept;
    }
    const auto rows = store.alerts();
    if (!rows) {
        return rows.error();
    }
    for (BranchAlert& alert : book.alerts) {
        const auto row = std::ranges::find(*rows, alert.row.key, &history::AlertRow::key);
        alert.row.id = row == rows->end() ? alert.row.id : row->id;
    }
    return {};
}

bool is_new(const BranchAlert& alert, const BranchLines& lines) {
    return (alert.state == verdict::AlertState::open ||
            alert.state == verdict::AlertState::reopened) &&
           !lines.runs.empty() && alert.row.opened_run == newest_run(lines).uuid;
}

} // namespace assay::tracking
