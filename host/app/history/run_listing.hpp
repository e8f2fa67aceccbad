// `assay history runs`: the recorded runs, newest first.
//
//   std::string text = runs_table(rows, {.names = names}).aligned();
//   json::object document = runs_document(rows, named, store.where());
//
// Pure but for the clock, which says what lies in the future; callable from any thread.
#pragma once

#include "app/reader.hpp"
#include "app/text_table.hpp"
#include "history/store.hpp"
#include "support/json.hpp"

#include <string>
#include <vector>

namespace assay::app {

struct RunWords {
    Reader reader = Reader::people;
    std::vector<std::string> names = {}; // of the rows, for people (short_names.hpp)
    std::vector<history::NamedRun> named = {};
    bool projects = false; // tells each run's project; so it does where there are several
};

TextTable runs_table(const std::vector<history::RunRow>& rows, const RunWords& words);

// schemas/history.json, kind "runs".
json::object runs_document(const std::vector<history::RunRow>& rows,
                           const std::vector<history::NamedRun>& named,
                           const std::string& where);

} // namespace assay::app
