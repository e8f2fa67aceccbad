// `assay history stats` and `assay history platforms`: how much a history holds, and of where.
//
//   std::string text = stats_table(stats, store.where(), Reader::people).aligned();
//
// Pure; callable from any thread.
#pragma once

#include "app/reader.hpp"
#include "app/text_table.hpp"
#include "history/store.hpp"
#include "support/json.hpp"

#include <string>
#include <vector>

namespace assay::app {

TextTable stats_table(const history::StoreStats& stats, const std::string& where, Reader reader);
// schemas/history.json, kind "stats".
json::object stats_document(const history::StoreStats& stats, const std::string& where);

TextTable platforms_table(const std::vector<history::PlatformRow>& rows, Reader reader);
// schemas/history.json, kind "platforms".
json::object platforms_document(const std::vector<history::PlatformRow>& rows,
                                const std::string& where);

// What `history compact` did, or would do.
TextTable compacted_table(const history::Compacted& done, bool dry_run, Reader reader);
// schemas/history.json, kind "compacted".
json::object
compacted_document(const history::Compacted& done, bool dry_run, const std::string& where);

} // namespace assay::app
