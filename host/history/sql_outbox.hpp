// The outbox in SQL.
//
//   SqlOutbox outbox(db);
//   Status kept = outbox.put(notice);       // within a transaction of the caller's
//   Result<bool> ours = outbox.claim(row, until);
//
// One thread; two processes never send one row at the same time.
#pragma once

#include "history/outbox.hpp"
#include "history/sql_runs.hpp"

#include <string>
#include <vector>

namespace assay::history {

class SqlOutbox {
public:
    explicit SqlOutbox(sql::Connection& db)
        : db_(db) {}

    Result<std::vector<NoticeRow>> waiting();        // not sent yet, by when they are due
    Result<bool> has(const std::string& dedupe_key); // sent or not
    Status put(const NoticeRow& notice);
    // The next attempt is ours, and nobody else's before `until`; false: somebody was faster.
    Result<bool> claim(const NoticeRow& row, std::int64_t until);
    Status settle(const NoticeOutcome& outcome);

private:
    sql::Connection& db_;
};

} // namespace assay::history
