// Builds kept by name: what `assay baseline save NAME` puts away and `@NAME` gives back, plugin by
// plugin with the libraries that come along, by content hash.
//
//   SavedBinaries saved(default_binaries_folder(), project);
//   saved.save("main", plugins, "2026-11-20T12:00:00Z");
//   Result<SavedBuild> build = saved.find("main");
//
// Kept in this user's own folder, not in the project's: what lies in a clone could have been put
// there by anybody, and a saved build is loaded without asking again. Names belong to one project.
// Any number of processes at once; the index is replaced as a whole.
#pragma once

#include "catalog/store.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace assay::catalog {

struct SavedPlugin {
    std::string id, version;
    std::string sha256;         // of the plugin file
    std::filesystem::path path; // may be loaded once its hash was checked again
};

struct SavedBuild {
    std::string name;
    std::string saved; // when, UTC
    json::object git;  // the tree it was built from, as far as known
    std::vector<SavedPlugin> plugins;
};

// $XDG_DATA_HOME/assay/binaries, default ~/.local/share/assay/binaries.
std::filesystem::path default_binaries_folder();

class SavedBinaries {
public:
    // `project`: the folder whose names these are.
    SavedBinaries(std::filesystem::path root, const std::filesystem::path& project);

    // Copies every plugin (its `path`) and points the name at them, whatever it pointed at before.
    // Errors: usage (a bad name), io, plugin.
    Result<SavedBuild> save(const SavedBuild& build) const;

    // Errors: usage (no such name, with those there are), io (what was kept is gone).
    Result<SavedBuild> find(const std::string& name) const;

    // By name. Errors: config (the index is damaged).
    Result<std::vector<SavedBuild>> all() const;

private:
    [[nodiscard]] std::filesystem::path index_file() const;

    std::filesystem::path root_;
    std::filesystem::path project_;
    Store store_;
};

} // namespace assay::catalog
