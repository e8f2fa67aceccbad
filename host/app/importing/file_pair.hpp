// Two files of other tools as two runs that can be held against each other: both are read in
// workers and kept in a history of their own, which is gone with this object. Nothing is recorded.
//
//   Result<FilePair> pair = read_file_pair({"before.json", "--old-run"}, {"after.json",
//   "--new-run"},
//                                          invocation, settings, say);
//   compare_runs(*pair->store, pair->new_run, *pair->old_run);
//
// All runs of both files are kept there: of a file that is a whole history they tell how much runs
// differ. Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/message.hpp"
#include "app/settings.hpp"
#include "history/store.hpp"
#include "support/result.hpp"
#include "workers/scratch_folder.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

// One side: the file, and the option that says which of its runs is meant.
struct WantedFile {
    std::string file;
    std::string run_option;
};

struct FilePair {
    workers::ScratchFolder folder; // before the store, which lies in it
    std::unique_ptr<history::Store> store;
    std::optional<history::Run> old_run = {}; // nothing: no file was named for it
    history::Run new_run = {};
    std::size_t old_runs = 0, new_runs = 0; // in their files
};

// --importer, --platform, --direction
std::vector<OptionSpec> file_pair_options(const std::string& group);

// Errors: usage (no such file, no importer knows it, several runs and none is named, one run
// twice), plugin (damaged, or its importer ended), missing (no result in it; no series in common),
// io.
Result<FilePair> read_file_pair(const std::optional<WantedFile>& old_file,
                                const WantedFile& new_file,
                                const Invocation& invocation,
                                const Settings& settings,
                                const Messages& say);

// Of the runs of one file that which `name` means: the first digits of its commit, its place in the
// file (1 is the first), or "newest". Without a name the only one. Errors (usage): none or several
// are meant; they are listed.
Result<std::size_t> meant_run_of(const std::vector<history::Run>& runs,
                                 const WantedFile& file,
                                 const std::optional<std::string>& name);

// Why what two files say is advice: "advisory: two files measured at different times, not
// interleaved; one run each".
std::string advisory_text(const FilePair& pair);

// Whether a word of `assay compare` is a file of another tool: it is there, and is neither a
// library nor a document of ours; or a folder that holds files and no plugin.
[[nodiscard]] bool is_foreign_file(const std::string& word);

} // namespace assay::app
