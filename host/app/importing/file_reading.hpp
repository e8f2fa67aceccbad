// One file of another tool, from its name to checked runs that nothing has recorded yet: opened,
// recognised, read in a worker.
//
//   Result<ImportContext> context = import_context(invocation);
//   FileImport import = read_file_import("results.json", {.context = *context}, importers, say);
//   if (import.state == ImportState::shown) ...   // import.runs are whole
//
// Asks the machine where --platform is given. Called from main's thread.
#pragma once

#include "app/command_table.hpp"
#include "app/importing/import_report.hpp"
#include "app/importing/imported_runs.hpp"
#include "app/importing/importers.hpp"
#include "app/message.hpp"

#include <string>
#include <vector>

namespace assay::app {

struct ImportWishes {
    std::string format = "auto"; // or the name of an importer
    ImportContext context;
    bool allow_partial = false, dry_run = false;
};

// --platform, --direction: what the user may say of any file.
std::vector<OptionSpec> file_facts_options(const std::string& group);

// What was said on the command line of every file alike: --commit, --branch, --date, --platform,
// --direction. Errors: usage.
Result<ImportContext> import_context(const Invocation& invocation);

// The same import, with the error that ended it.
FileImport failed(FileImport file, const Error& error);

// States: shown (whole, or --allow-partial), partial, empty, failed.
FileImport read_file_import(const std::string& word,
                            const ImportWishes& wishes,
                            Importers& importers,
                            const Messages& say);

} // namespace assay::app
