#include "history/sql_outbox.hpp"

#include <string>
#include <string_view>

namespace assay::history {

using sql::Statement;

Result<std::vector<NoticeRow>> SqlOutbox::waiting() {
    std::vector<NoticeRow> rows;
    Status read =
        sql::each_row(db_,
                      "SELECT outbox.id, alert.key, notifier, dedupe_key, document, attempts, "
                      "next_at, last_error FROM outbox LEFT JOIN alert ON alert.id = alert_id "
                      "WHERE sent IS NULL ORDER BY next_at, outbox.id",
                      {},
                      [&rows](const Statement& row) {
                          rows.push_back({.id = row.integer(0),
                                          .alert_key = row.text(1),
                                          .notifier = row.text(2),
                                          .dedupe_key = row.text(3),
                                          .document = object_of(row.text(4)),
                                          .attempts = row.integer(5),
                                          .next_at = row.integer(6),
                                          .last_error = row.text(7)});
                      });
    return read ? Result<std::vector<NoticeRow>>(std::move(rows)) : read.error();
}

Result<bool> SqlOutbox::has(const std::string& dedupe_key) {
    const auto id = sql::first_integer(
        db_, "SELECT id FROM outbox WHERE dedupe_key = $1", {std::string_view(dedupe_key)});
    return id ? Result<bool>(id->has_value()) : id.error();
}

Status SqlOutbox::put(const NoticeRow& notice) {
    const std::string document = canonical_json(notice.document);
    return sql::run(db_,
                    "INSERT INTO outbox (alert_id, notifier, document, dedupe_key, attempts, "
                    "next_at) VALUES ((SELECT id FROM alert WHERE key = $1), $2, $3, $4, 0, $5) "
                    "ON CONFLICT (dedupe_key) DO NOTHING",
                    {std::string_view(notice.alert_key),
                     std::string_view(notice.notifier),
                     std::string_view(document),
                     std::string_view(notice.dedupe_key),
                     notice.next_at});
}

Result<bool> SqlOutbox::claim(const NoticeRow& row, std::int64_t until) {
    const auto id = sql::first_integer(
        db_,
        "UPDATE outbox SET attempts = attempts + 1, next_at = $3 WHERE id = $1 AND sent IS NULL "
        "AND attempts = $2 RETURNING id",
        {row.id, row.attempts, until});
    return id ? Result<bool>(id->has_value()) : id.error();
}

Status SqlOutbox::settle(const NoticeOutcome& outcome) {
    return sql::run(db_,
                    "UPDATE outbox SET sent = $2, last_error = $3, next_at = $4 WHERE id = $1",
                    {outcome.id,
                     sql::value_or_null(outcome.sent),
                     sql::text_or_null(outcome.error),
                     outcome.next_at});
}

} // namespace assay::history
