// An alert of the history as its event tells it (schema assay.alert/1), in the words of a message.
//
//   Alert one = alert_from(event);
//   one.title                    // "router/parse time 25.0 % worse, and 2 more"
//   one.changes[0].figures       // "8.10 ns -> 10.12 ns"
//
// Plain values.
#pragma once

#include <assay/event_view.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace webhook {

// One series that changed.
struct Change {
    std::string series;  // "router/parse time"
    std::string figures; // "8.10 ns -> 10.12 ns (+25.0 %)"
};

struct Alert {
    std::int64_t joins = 0; // the alert of the same commits that somebody had answered; 0: none
    std::string state, severity, kind, title;
    std::string place;        // "router, branch main, on lab_8c"
    std::string after, up_to; // commits, or the first digits of runs; empty: not known
    std::vector<Change> changes;
    std::string json; // the document, whole
};

[[nodiscard]] Alert alert_from(const assay::event_view& event);

// "open: regression, moderate"; what a reader has to know first.
[[nodiscard]] std::string standing_of(const Alert& alert);

} // namespace webhook
