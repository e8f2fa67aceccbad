// `assay history stats` and `assay history platforms`: how much a history holds, and of where.
//
//   std::string text = stats_table(stats, store.where()).aligned();
//
// Pure; callable from any thread.
#pragma once

#include "app/text_table.hpp"
#include "history/store.hpp"
#include "support/json.hpp"

#include <string>
#include <vector>

namespace assay::app {

TextTable stats_table(const history::StoreStats& stats, const std::string& where);
// For programs: numbers as numbers, times as ISO 8601, nothing where nothing is known.
TextTable stats_rows(const history::StoreStats& stats, const std::string& where);
// schemas/history.json, kind "stats".
json::object stats_document(const history::StoreStats& stats, const std::string& where);

TextTable platforms_table(const std::vector<history::PlatformRow>& rows);
TextTable platforms_rows(const std::vector<history::PlatformRow>& rows); // for programs
// schemas/history.json, kind "platforms".
json::object platforms_document(const std::vector<history::PlatformRow>& rows,
                                const std::string& where);

// What `history compact` did, or would do.
TextTable compacted_table(const history::Compacted& done, bool dry_run);
TextTable compacted_rows(const history::Compacted& done, bool dry_run); // for programs
// schemas/history.json, kind "compacted".
json::object
compacted_document(const history::Compacted& done, bool dry_run, const std::string& where);

} // namespace assay::app
