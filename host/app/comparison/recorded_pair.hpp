// The two sides of `assay compare` where both are recorded runs: of the history (run:ID), or
// results documents of our own (FILE.json), one of each as well.
//
//   if (is_history_run("run:latest")) ...
//   Result<RecordedPair> pair = read_recorded_pair(invocation, say);
//   report_stored(say, stored_pair(*pair), ...);
//
// Where one is of the history, its runs tell how much runs differ. Two documents are kept in a
// history of their own, which is gone with this object. Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/comparison/stored_pair.hpp"
#include "app/message.hpp"
#include "support/result.hpp"
#include "workers/scratch_folder.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace assay::app {

// "run:" and what names a run there: first digits of its id, a commit, "latest".
[[nodiscard]] bool is_history_run(std::string_view name) noexcept;

struct RecordedSide {
    std::string name; // the document as typed, or "run:" and the whole id
    history::Run run;
    json::object configurations = {}; // of a document
};

struct RecordedPair {
    std::optional<workers::ScratchFolder> folder; // of the store, unless it is the user's
    std::unique_ptr<history::Store> store;
    RecordedSide old_side, new_side;
};

// The first two words. Errors besides those of the history and of a document: usage (one run on
// both sides), missing (nothing in common).
Result<RecordedPair> read_recorded_pair(const Invocation& invocation, const Messages& say);

StoredPair stored_pair(const RecordedPair& pair);

} // namespace assay::app
