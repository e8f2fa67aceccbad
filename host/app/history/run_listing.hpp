// `assay history runs`: the recorded runs, newest first.
//
//   std::string text = runs_table(rows).aligned();
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

TextTable runs_table(const std::vector<history::RunRow>& rows);

// schemas/history.json, kind "runs".
json::object runs_document(const std::vector<history::RunRow>& rows, const std::string& where);

} // namespace assay::app
