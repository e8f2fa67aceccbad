// Runs and what was said about them (judgements.hpp) from one place to another, by their uuids: a
// set union, so that neither order nor repetition matters. A place is a folder of bundles, one
// bundle, an SQLite file or a URL "postgresql://...".
//
//   Result<Transfer> moved = pull("../exchange/", *store);
//   // moved->added, moved->known; moved->broken: exit 3, and the others were taken
//   Result<Transfer> given = push(*store, "postgresql://host/history", {.bundles = ".assay/runs"});
//
// From one thread.
#pragma once

#include "history/judgements.hpp"
#include "support/result.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace assay::history {

// A run that was left out: its bundle is broken, it contradicts one that is there, or the store
// cannot take it.
struct BrokenRun {
    std::string name; // file, or uuid
    Error error;
};

struct Transfer {
    std::string source, destination;          // as people may see them: without passwords
    std::size_t added = 0, known = 0;         // runs
    std::vector<std::string> added_runs = {}; // uuids
    std::vector<BrokenRun> broken = {};       // any: exit 3
    TakenJudgements judgements = {};          // what was said about runs, and went with them
    std::vector<std::string> unfinished = {}; // *.ndjson.part: their writers were killed, or still
                                              // are at it; not read, and no error
};

struct TransferOptions {
    RunQuery runs = {}; // of a store that is pushed: which
    // Where the bundles of this machine's runs are. One that is there is given on as it is, since
    // it says more than a store keeps; of other runs a bundle is made from the store.
    std::filesystem::path bundles = {};
};

// Into the store. Errors: missing (nothing is there: exit 4), config (neither bundle nor history),
// io and whatever ends the transfer as a whole.
Result<Transfer> pull(const std::string& source, Store& into);

// Out of the store. A folder is made where the name ends with '/' or has no extension, an SQLite
// file where it ends with .db, .sqlite or .sqlite3.
Result<Transfer> push(Store& from, const std::string& destination, const TransferOptions& options);

} // namespace assay::history
