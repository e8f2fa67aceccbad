// The body of a message: what Slack and those that speak as it does take, or the documents whole.
//
//   std::string body = slack_body(message);   // {"text": ..., "blocks": [...]}
//   std::string body = plain_body(message);   // {"schema": "assay.message/1", "text", "alerts",
//   "run"}
//
// Pure functions.
#pragma once

#include "alert.hpp"
#include "report_text/told_run.hpp"

#include <optional>
#include <string>
#include <vector>

namespace webhook {

struct Message {
    std::vector<Alert> alerts = {};
    std::optional<report_text::ToldRun> run = {}; // a run, comparison or gate
};

// One line that says it all: what a notification shows.
[[nodiscard]] std::string summary_of(const Message& message);

// At most 50 blocks of 3 000 characters, as Slack takes them; what does not fit is counted. Foreign
// text stays text: &, < and > are escaped.
[[nodiscard]] std::string slack_body(const Message& message);

// For programs: every alert whole.
[[nodiscard]] std::string plain_body(const Message& message);

} // namespace webhook
