// `assay history show`: everything that is known of one run.
//
//   Result<RunPage> page = read_run_page(*store, "latest");
//   std::string text = run_page_text(*page);
//
// Reads the store; one thread at a time.
#pragma once

#include "history/store.hpp"
#include "support/json.hpp"
#include "tracking/ended_series.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace assay::app {

struct RunPage {
    history::Run run;
    std::vector<history::VerdictRow> verdicts;
    std::vector<history::GateRow> gates;
    std::map<std::int64_t, history::Series> series; // of verdicts and gates, by id
    // By key, of points whose metric is told in another unit or direction since.
    std::map<std::string, tracking::SeriesEnd> ended;
};

// `name`: a uuid or its first digits, a commit, "latest".
Result<RunPage> read_run_page(history::Store& store, const std::string& name);

// Keeps what is about cases that are meant: by id, `suite/family`, suite or regular expression,
// each word as in a filter of `run`; several mean or. Errors: usage (a pattern that is none),
// missing.
Status keep_cases(RunPage& page, const std::vector<std::string>& words);

// `columns` of the terminal it is for; 0: as wide as it gets.
std::string run_page_text(const RunPage& page, std::size_t columns = 0);
// schemas/history.json, kind "run".
json::object run_page_document(const RunPage& page, const std::string& where);

} // namespace assay::app
