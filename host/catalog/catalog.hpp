// Where plugins are and which of them may be loaded: folders, manifests read without loading,
// tiers, trust, duplicates. Nothing of a plugin runs here.
//
//   auto catalog = Catalog::open(places, {});
//   if (auto status = check_suite_names(catalog->entries()); !status) return status.error();
//   for (const CatalogEntry& entry : catalog->entries()) ...
//   auto stored = admit(Store(default_store_folder()), entry);  // the path that may be loaded
//
// Not thread-safe; made once per invocation.
#pragma once

#include "catalog/manifest.hpp"
#include "catalog/store.hpp"
#include "catalog/trust.hpp"
#include "support/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay::catalog {

enum class Tier { explicit_path, project, installed };

std::string_view name_of(Tier tier) noexcept; // "explicit", "project", "installed"

// Other libraries beside plugins are their dependencies, not plugins.
inline constexpr std::string_view kPluginSuffix = ".assay.so";

// Where to look, in the order of precedence: explicit > project > installed.
struct Places {
    std::vector<std::filesystem::path> files;   // --plugin
    std::vector<std::filesystem::path> folders; // --plugin-dir, then ASSAY_PLUGIN_PATH
    std::optional<std::filesystem::path>
        project; // the folder that holds .assay/, found by walking up
    std::vector<std::filesystem::path>
        project_paths; // files and folders named by the project's configuration; only where
                       // allowed by path (`assay trust add --path`)
    std::vector<std::filesystem::path>
        installed; // <prefix>/<libdir>/assay/plugins, $XDG_DATA_HOME/assay/plugins
};

enum class EntryState {
    usable,    // may be loaded
    untrusted, // a project's plugin that nobody allowed
    refused,   // not a plugin, or not for this host; `reason` says why
    shadowed,  // the same id was found earlier; `reason` names both paths
};

std::string_view name_of(EntryState state) noexcept;

struct CatalogEntry {
    std::filesystem::path path; // as found
    Tier tier = Tier::installed;
    EntryState state = EntryState::usable;
    std::string reason;
    bool named = false;   // named by --plugin: a refusal is exit 3, not a warning
    Manifest manifest;    // default when refused
    std::string sha256;   // of the file; for `list` possibly from the hash cache
    TrustedFiles trusted; // project, allowed by content: every file that may come along
};

struct CatalogOptions {
    bool hash_files = true;     // `list` may take hashes cached by path, inode, size, mtime, ctime
    bool trust_project = false; // --trust-project, ASSAY_TRUST_PROJECT=1
    std::string trust_exactly;  // the <h> of ASSAY_TRUST_PROJECT=sha256:<h>
    std::filesystem::path cache = cache_folder();
    std::filesystem::path trust = default_trust_folder();
};

class Catalog {
public:
    // Errors: a named file or folder that is missing or unreadable (usage).
    static Result<Catalog> open(const Places& places, const CatalogOptions& options);

    [[nodiscard]] const std::vector<CatalogEntry>& entries() const noexcept { return entries_; }

    // Remarks for stderr: unreadable folders, shadowed duplicates, refused permissions.
    [[nodiscard]] const std::vector<std::string>& warnings() const noexcept { return warnings_; }

    // The project has plugins, or settings that name code, that nobody allowed (exit 6); its
    // settings of that kind must not be obeyed then.
    [[nodiscard]] bool project_untrusted() const noexcept { return project_untrusted_; }

    // What was decided about the project and why; state `nothing` where there is no project.
    [[nodiscard]] const TrustVerdict& project_verdict() const noexcept { return verdict_; }

private:
    std::vector<CatalogEntry> entries_;
    std::vector<std::string> warnings_;
    bool project_untrusted_ = false;
    TrustVerdict verdict_;
};

// Copies a usable entry into the store. Errors: not usable (plugin, untrusted), changed since the
// catalog was opened (untrusted), and those of the store.
Result<StoredPlugin> admit(const Store& store, const CatalogEntry& entry);

// Error (config) where two plugin ids provide a suite of one name: ids of cases would clash.
Status check_suite_names(const std::vector<CatalogEntry>& entries);

// The folder above `start` (inclusive) that holds `.assay/`, if any.
std::optional<std::filesystem::path> find_project(const std::filesystem::path& start);

} // namespace assay::catalog
