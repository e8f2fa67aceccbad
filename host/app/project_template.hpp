// What `assay new` writes: copies of the SDK's templates with the names filled in, and a project's
// .assay/ folder.
//
//   auto files = write_plugin_project(templates, {"suite", "cpp", "mine", "org.example.mine"},
//   here);
//
// A new folder appears whole or not at all. Callable from any thread.
#pragma once

#include "support/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace assay::app {

struct PluginTemplate {
    std::string kind;     // "suite", "reporter"
    std::string language; // "c", "cpp", "rust"
    std::string name;     // "mine"
    std::string id;       // "org.example.mine"
};

// Copies `templates`/<language>/<kind> to `into`/<name>, with @NAME@ and @ID@ replaced in texts and
// in file names. Returns the files written, relative to `into`. Errors: a bad name or id, a folder
// of that name that is already there, a template that this installation does not have (usage).
Result<std::vector<std::string>> write_plugin_project(const std::filesystem::path& templates,
                                                      const PluginTemplate& request,
                                                      const std::filesystem::path& into);

// Writes .assay/assay.json, .assay/.gitignore and .assay/plugins/. Errors: a .assay that is already
// there (usage).
Result<std::vector<std::string>> write_project_folder(const std::filesystem::path& into);

} // namespace assay::app
