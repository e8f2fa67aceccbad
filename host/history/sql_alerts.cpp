#include "history/sql_alerts.hpp"

#include <string>
#include <utility>

namespace assay::history {

using sql::Statement;

namespace {

const std::string kAlerts =
    "SELECT alert.id, alert.key, alert.state, severity, title, opened.uuid, latest.uuid, owner, "
    "note, snoozed_until, detail FROM alert JOIN run opened ON opened.id = opened_run "
    "JOIN run latest ON latest.id = last_run "
    "LEFT JOIN change_point ON alert.key = 'change:' || change_point.id "
    "LEFT JOIN run good ON good.id = change_point.last_good "
    "LEFT JOIN run bad ON bad.id = change_point.first_bad";

// An alert belongs to whom the runs around its change belong. The runs that opened it and saw it
// last decide only where there is no such change: the newest of a project may be nobody's.
std::string seen_from(const SqlScope& scope) {
    if (!scope.is_narrow()) {
        return {};
    }
    return " WHERE CASE WHEN bad.id IS NULL THEN " + scope.runs("opened") + " AND " +
           scope.runs("latest") + " ELSE " + scope.runs("good") + " AND " + scope.runs("bad") +
           " END";
}

AlertRow alert_at(const Statement& row) {
    return {.id = row.integer(0),
            .key = row.text(1),
            .state = row.text(2),
            .severity = row.text(3),
            .title = row.text(4),
            .opened_run = row.text(5),
            .last_run = row.text(6),
            .owner = row.text(7),
            .note = row.text(8),
            .snoozed_until = sql::integer_at(row, 9),
            .detail = object_of(row.text(10))};
}

Error somebody_was_faster(const AlertUpdate& update) {
    return {.kind = ErrorKind::io,
            .message =
                "the alert '" + update.row.title + "' was changed by somebody else in the meantime",
            .hint = "do it again: nothing was written"};
}

Result<std::int64_t> id_of_run(SqlRuns& runs, const std::string& uuid) {
    const auto id = runs.id_of_uuid(uuid);
    if (!id) {
        return id.error();
    }
    if (!*id) {
        return Error{.kind = ErrorKind::config,
                     .message = "an alert names the run " + uuid + ", which is not recorded",
                     .hint = "analyse the history anew"};
    }
    return **id;
}

} // namespace

Result<std::vector<AlertRow>> SqlAlerts::rows() {
    std::vector<AlertRow> rows;
    Status read = sql::each_row(db_,
                                kAlerts + seen_from(scope_) + " ORDER BY alert.id",
                                {},
                                [&](const Statement& row) { rows.push_back(alert_at(row)); });
    return read ? Result<std::vector<AlertRow>>(std::move(rows)) : read.error();
}

Result<std::vector<AlertEventRow>> SqlAlerts::events(std::int64_t alert_id) {
    std::vector<AlertEventRow> rows;
    Status read = sql::each_row(db_,
                                "SELECT at, who, from_state, to_state, note FROM alert_event WHERE "
                                "alert_id = $1 ORDER BY id",
                                {alert_id},
                                [&](const Statement& row) {
                                    rows.push_back({.at = row.integer(0),
                                                    .who = row.text(1),
                                                    .from_state = row.text(2),
                                                    .to_state = row.text(3),
                                                    .note = row.text(4)});
                                });
    return read ? Result<std::vector<AlertEventRow>>(std::move(rows)) : read.error();
}

Status SqlAlerts::write(const AlertUpdate& update) {
    const Result<std::int64_t> opened = id_of_run(runs_, update.row.opened_run);
    const Result<std::int64_t> last = id_of_run(runs_, update.row.last_run);
    if (!opened || !last) {
        return opened ? last.error() : opened.error();
    }
    const Result<std::int64_t> id =
        update.was.empty() ? insert(update.row, *opened, *last) : change(update, *opened, *last);
    if (!id) {
        return id.error();
    }
    for (const AlertEventRow& event : update.events) {
        Status added = sql::run(db_,
                                "INSERT INTO alert_event (alert_id, at, who, from_state, to_state, "
                                "note) VALUES ($1, $2, $3, $4, $5, $6)",
                                {*id,
                                 event.at,
                                 std::string_view(event.who),
                                 std::string_view(event.from_state),
                                 std::string_view(event.to_state),
                                 std::string_view(event.note)});
        if (!added) {
            return added;
        }
    }
    return {};
}

Result<std::int64_t>
SqlAlerts::insert(const AlertRow& row, std::int64_t opened, std::int64_t last) {
    const std::string detail = canonical_json(row.detail);
    const auto id = sql::first_integer(
        db_,
        "INSERT INTO alert (key, state, severity, title, opened_run, last_run, owner, note, "
        "snoozed_until, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
        "ON CONFLICT (key) DO NOTHING RETURNING id",
        {std::string_view(row.key),
         std::string_view(row.state),
         std::string_view(row.severity),
         std::string_view(row.title),
         opened,
         last,
         sql::text_or_null(row.owner),
         sql::text_or_null(row.note),
         sql::value_or_null(row.snoozed_until),
         std::string_view(detail)});
    if (!id) {
        return id.error();
    }
    return *id ? Result<std::int64_t>(**id) : somebody_was_faster({.row = row});
}

Result<std::int64_t>
SqlAlerts::change(const AlertUpdate& update, std::int64_t opened, std::int64_t last) {
    const AlertRow& row = update.row;
    const std::string detail = canonical_json(row.detail);
    const auto id = sql::first_integer(
        db_,
        "UPDATE alert SET state = $3, severity = $4, title = $5, opened_run = $6, last_run = $7, "
        "owner = $8, note = $9, snoozed_until = CASE WHEN CAST($12 AS INTEGER) = 1 THEN "
        "CAST($10 AS BIGINT) ELSE snoozed_until END, detail = $11 WHERE key = $1 AND state = $2 "
        "RETURNING id",
        {std::string_view(row.key),
         std::string_view(update.was),
         std::string_view(row.state),
         std::string_view(row.severity),
         std::string_view(row.title),
         opened,
         last,
         sql::text_or_null(row.owner),
         sql::text_or_null(row.note),
         sql::value_or_null(row.snoozed_until),
         std::string_view(detail),
         std::int64_t{update.snoozes ? 1 : 0}});
    if (!id) {
        return id.error();
    }
    return *id ? Result<std::int64_t>(**id) : somebody_was_faster(update);
}

} // namespace assay::history
