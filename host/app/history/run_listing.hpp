// `assay history runs`: the recorded runs, newest first.
//
//   std::string text = runs_table(rows, names).aligned();
//   json::object document = runs_document(rows, store.where());
//
// Pure but for the clock, which says what lies in the future; callable from any thread.
#pragma once

#include "app/text_table.hpp"
#include "history/store.hpp"
#include "support/json.hpp"

#include <string>
#include <vector>

namespace assay::app {

// `names`: of the rows, as the table prints them (short_names.hpp).
TextTable runs_table(const std::vector<history::RunRow>& rows,
                     const std::vector<std::string>& names);

// For programs: whole names, times as ISO 8601.
TextTable runs_rows(const std::vector<history::RunRow>& rows);

// schemas/history.json, kind "runs".
json::object runs_document(const std::vector<history::RunRow>& rows, const std::string& where);

} // namespace assay::app
