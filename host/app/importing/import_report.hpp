// What became of the files of one `assay import`, for people and for programs.
//
//   std::string text = import_text(files);               // a line for each, figures of a dry run
//   json::object document = import_document(files, where);   // schemas/import.json
//
// Pure.
#pragma once

#include "app/exit_code.hpp"
#include "history/records.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::app {

enum class ImportState {
    recorded, // at least one run of it is new
    known,    // all of it was imported before
    shown,    // a dry run
    partial,  // damaged, and not to be taken as it is
    empty,    // no result in it
    failed,
};

std::string_view name_of(ImportState state) noexcept;
ExitCode exit_code_of(ImportState state) noexcept;

struct FileImport {
    std::string file;   // as the user named it
    std::string format; // empty: unknown
    ImportState state = ImportState::failed;
    std::vector<history::Run> runs = {};
    std::size_t added = 0;    // of the runs
    std::string partial = {}; // why it could not be read to its end
    std::vector<std::string> notes = {};
    std::optional<Error> error = {};
};

std::string import_text(const std::vector<FileImport>& files);
json::object import_document(const std::vector<FileImport>& files, const std::string& history);

} // namespace assay::app
