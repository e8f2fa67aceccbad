// The files that `assay gate --results` is about: two of other tools, or two documents that
// `assay run` wrote, as runs in a history of their own.
//
//   Result<JudgedFiles> files = read_judged_files(old_file, {results, "--run"}, invocation, ...);
//   hold_against_run(*files->pair.store, files->pair.new_run, *files->pair.old_run);
//
// Called from main's thread.
#pragma once

#include "app/comparison/stored_pair.hpp"
#include "app/importing/file_pair.hpp"
#include "support/json.hpp"

#include <optional>
#include <string>

namespace assay::app {

struct JudgedFiles {
    FilePair pair;
    StoredKind kind = StoredKind::files; // runs: documents of ours
    json::object old_configurations = {},
                 new_configurations = {}; // by suite, where the source says them

    // Why what they say is advice, and where it was not held against anything.
    [[nodiscard]] std::string advice() const;
};

// Errors besides those of either kind of file: usage (one of each kind; an option that is about
// files of other tools beside a document of ours).
Result<JudgedFiles> read_judged_files(const std::optional<WantedFile>& old_file,
                                      const WantedFile& new_file,
                                      const Invocation& invocation,
                                      const Settings& settings,
                                      const Messages& say);

} // namespace assay::app
