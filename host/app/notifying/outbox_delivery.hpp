// Sends what waits in the outbox of a history: one message for each notifier, with all that is due.
//
//   const Result<Sent> sent = send_notices(*store, invocation, say, {.now = now_nanoseconds()});
//   sent->delivered; sent->waiting;
//
// What is not taken waits for the next time; an alert is not lost because nobody listened. Called
// from main's thread, without a transaction; waits for the receiver.
#pragma once

#include "app/command_table.hpp"
#include "app/message.hpp"
#include "app/notifying/notifiers.hpp"
#include "history/store.hpp"
#include "support/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace assay::app {

struct SendOptions {
    std::int64_t now = 0;
    bool all = false; // also what was to wait, or was given up
};

struct Sent {
    std::size_t delivered = 0;
    std::size_t waiting = 0;                // of our notifiers, not sent
    std::size_t of_others = 0;              // not sent, and for receivers that are not ours
    std::int64_t next_at = 0;               // when the first of those is due
    std::vector<std::string> failures = {}; // why, one for each notifier that did not get through
};

// Whether it is tried now.
[[nodiscard]] bool
is_due(const history::NoticeRow& row, const Notifier& notifier, const SendOptions& options);

// The same of whoever the environment names, told as a note or a warning: that somebody could not
// be told decides nothing.
void tell_people(history::Store& store, const Invocation& invocation, const Messages& say);

// Errors: of the store; of the plugins (no reporter of that name).
Result<Sent> send_notices(history::Store& store,
                          const std::vector<Notifier>& notifiers,
                          const Invocation& invocation,
                          const Messages& say,
                          const SendOptions& options);

} // namespace assay::app
