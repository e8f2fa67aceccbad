// Where plugins are and which of them may be loaded: folders, manifests read without loading,
// tiers, trust, duplicates. Nothing of a plugin runs here.
//
//   auto catalog = Catalog::open(places);
//   for (const CatalogEntry& entry : catalog->entries()) ...
//   auto stored = store(entry);           // content store: the path that may be loaded
//
// Not thread-safe; made once per invocation.
#pragma once

#include "catalog/manifest.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay::catalog {

enum class Tier { explicit_path, project, installed };

std::string_view name_of(Tier tier) noexcept; // "explicit", "project", "installed"

// Where to look, in the order of precedence: explicit > project > installed.
struct Places {
    std::vector<std::filesystem::path> files;   // --plugin
    std::vector<std::filesystem::path> folders; // --plugin-dir, then ASSAY_PLUGIN_PATH
    std::optional<std::filesystem::path>
        project; // the folder that holds .assay/, found by walking up
    std::vector<std::filesystem::path>
        installed; // <prefix>/<libdir>/assay/plugins, $XDG_DATA_HOME/assay/plugins
};

enum class EntryState {
    usable,    // may be loaded
    untrusted, // a project's plugin that nobody allowed
    refused,   // not a plugin, or not for this host; `reason` says why
    shadowed,  // the same id was found earlier; `reason` names both paths
};

struct CatalogEntry {
    std::filesystem::path path; // as found
    Tier tier = Tier::installed;
    EntryState state = EntryState::usable;
    std::string reason;
    bool named = false; // named by --plugin: a refusal is exit 3, not a warning
    Manifest manifest;  // default when refused
    std::string sha256; // of the file; for `list` possibly from the hash cache
};

struct CatalogOptions {
    bool hash_files = true;     // `list` may take hashes cached by path, inode, size, mtime, ctime
    bool trust_project = false; // --trust-project, ASSAY_TRUST_PROJECT=1
    std::string trust_exactly;  // ASSAY_TRUST_PROJECT=sha256:<h>
};

class Catalog {
public:
    // Errors: a named file or folder that is missing or unreadable (usage).
    static Result<Catalog> open(const Places& places, const CatalogOptions& options);

    [[nodiscard]] const std::vector<CatalogEntry>& entries() const noexcept { return entries_; }

    // Remarks for stderr: unreadable folders, shadowed duplicates, refused permissions.
    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return warnings_; }

    // The project has plugins that nobody allowed (exit 6).
    [[nodiscard]] bool project_untrusted() const noexcept { return project_untrusted_; }

private:
    std::vector<CatalogEntry> entries_;
    std::vector<std::string> warnings_;
    bool project_untrusted_ = false;
};

// The folder above `start` (inclusive) that holds `.assay/`, if any.
std::optional<std::filesystem::path> find_project(const std::filesystem::path& start);

} // namespace assay::catalog
