// What somebody is to be told of an alert, as rows: each waits until its notifier has sent it.
//
//   record.notices.push_back({.alert_key = alert.key, .notifier = "webhook/3f2a9c41d0be",
//                             .dedupe_key = key, .document = document, .next_at = now});
//   store.keep_analysis(record);              // with the state of the alert, or neither
//   for (NoticeRow& row : *store.outbox()) if (*store.claim_notice(row, now + minute)) ... send ...
//   store.settle_notice({.id = row.id, .sent = now});
//
// Plain values.
#pragma once

#include "support/json.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace assay::history {

struct NoticeRow {
    std::int64_t id = 0;         // given by the store
    std::string alert_key = {};  // the alert that it is about
    std::string notifier = {};   // who sends it, and a digest of whereto: never the address
    std::string dedupe_key = {}; // unique: what was put in already is not put in again
    json::object document = {};  // assay.alert/1
    std::int64_t attempts = 0;   // begun
    std::int64_t next_at = 0;    // not to be tried before
    std::string last_error = {}; // of the last attempt; empty: none failed
    std::optional<std::int64_t> sent = {};
};

// How an attempt ended: `sent`, or `error` and when to try again.
struct NoticeOutcome {
    std::int64_t id = 0;
    std::optional<std::int64_t> sent = {};
    std::string error = {};
    std::int64_t next_at = 0;
};

} // namespace assay::history
