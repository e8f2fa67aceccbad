// Two runs whose figures were taken at different times, wherever they stand: in the history, in
// results documents, in files of other tools. What is said of them is advice.
//
//   const StoredPair pair = stored_pair(*recorded);
//   pair.new_side.run.points
//
// A view: the store and the runs must outlive it.
#pragma once

#include "history/store.hpp"
#include "support/json.hpp"

#include <string>
#include <string_view>

namespace assay::app {

enum class StoredKind { runs, files };

// "run", "file": what one side is called.
constexpr std::string_view side_word(StoredKind kind) noexcept {
    return kind == StoredKind::runs ? "run" : "file";
}

// What verdicts about such a pair rest on: "recorded runs, not paired".
constexpr std::string_view basis_text(StoredKind kind) noexcept {
    return kind == StoredKind::runs ? "recorded runs, not paired" : "files, not paired";
}

struct StoredSide {
    std::string name; // a file as typed, or "run:" and an id
    const history::Run& run;
    json::object configurations = {}; // by suite, where the source says them
};

struct StoredPair {
    StoredKind kind = StoredKind::runs;
    history::Store& store; // whose runs tell how much runs differ
    StoredSide old_side, new_side;
    std::string advice; // why what they say is advice
};

} // namespace assay::app
