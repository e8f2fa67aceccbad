// What an analysis of the history has found and what people have said to it, as rows: change
// points, alerts, and the events of an alert.
//
//   AnalysisRecord record;
//   record.change_points.push_back({.id = id, .series_id = 7, .last_good = a, .first_bad = b});
//   record.alerts.push_back({.row = alert, .was = "", .events = {opened}});
//   Status kept = store.keep_analysis(record);    // all of it or nothing
//
// Plain values.
#pragma once

#include "support/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::history {

// A series has another level from `first_bad` on than up to `last_good`.
struct ChangePointRow {
    std::string id = {}; // a hash; found again it keeps its own
    std::int64_t series_id = 0;
    std::string last_good = {}, first_bad = {}; // uuids of runs
    int direction = 0;                          // of the figure: +1 more, -1 less
    double size_rel = 0; // positive = worse; without a direction, positive = more
    std::optional<double> p = {}, delta = {}, mean_before = {}, mean_after = {};
    std::optional<std::int64_t> n_before = {}, n_after = {};
    std::string kind = "step"; // step, drift
    std::string detector = {}, params_hash = {};
    std::string state = {};          // candidate, confirmed, expected, gone
    std::string first_seen_run = {}; // uuid; empty: not known
    std::int64_t updated = 0;
    std::string branch = {}; // of first_bad; read, never written
};

// One cause, with all series that it changed.
struct AlertRow {
    std::int64_t id = 0;  // given by the store
    std::string key = {}; // unique
    std::string state = {}, severity = {}, title = {};
    std::string opened_run = {}, last_run = {}; // uuids
    std::string owner = {}, note = {};          // empty: nobody said
    std::optional<std::int64_t> snoozed_until = {};
    json::object detail = {};
};

// Append-only: how an alert went from one state to the next.
struct AlertEventRow {
    std::int64_t at = 0;
    std::string who = {}, from_state = {}, to_state = {}, note = {};
};

// An alert as it is from now on. Of a new one `was` is empty; else the state that it was read in:
// where somebody has changed it meanwhile, nothing of the record is kept.
struct AlertUpdate {
    AlertRow row; // by its key
    std::string was = {};
    std::vector<AlertEventRow> events = {};
    // `snoozed_until` is part of it. Else it stays as it is: what somebody says while an analysis
    // runs is not undone by it.
    bool snoozes = false;
};

// Flags of one point that are set and taken back (point_flag::).
struct PointMark {
    std::int64_t series_id = 0, run_id = 0;
    std::uint32_t set = 0, clear = 0;
};

} // namespace assay::history
