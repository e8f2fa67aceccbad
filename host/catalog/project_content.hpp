// What trust of a project is given for: every file in .assay/plugins and every key of
// .assay/assay.json that can name code (README.md of this folder). Read, never run.
//
//   auto content = read_project(project, nullptr);
//   note(content->hash);     // changes with any of it, and with the place
//
// Callable from any thread.
#pragma once

#include "catalog/hash_cache.hpp"
#include "catalog/store.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace assay::catalog {

// Keys that name code, or places where measurements and credentials would be sent, wherever they
// stand in the configuration: a hostile clone needs no library to do harm with them.
inline constexpr std::array<std::string_view, 35> kCodeNamingKeys{
    "launcher",   "launchers",   "wrap",        "wrapper",      "wrappers",      "hook",
    "hooks",      "command",     "commands",    "argv",         "program",       "shell",
    "env",        "environment", "plugin",      "plugins",      "plugin_folder", "plugin_folders",
    "plugin_dir", "plugin_dirs", "plugin_path", "plugin_paths", "library",       "libraries",
    "preload",    "worker",      "database",    "database_url", "database_urls", "url",
    "urls",       "webhook",     "webhooks",    "endpoint",     "allow_remote"};

// These name code only where a path in them leaves the project, or a URL the machine.
inline constexpr std::array<std::string_view, 5> kOutputKeys{
    "reporter", "reporters", "output", "outputs", "history"};

struct ContentItem {
    std::string name;   // "plugins/a.assay.so", or "assay.json#/hooks/before"
    std::string sha256; // of the file, or of the value as canonical JSON
    std::uint64_t bytes = 0;

    friend bool operator==(const ContentItem&, const ContentItem&) = default;
};

struct ProjectContent {
    std::filesystem::path project;  // canonical; holds .assay/
    std::vector<ContentItem> items; // by name
    std::string hash;               // of the place and the items: what trust is given for
    std::string portable_hash;      // of the items alone: for CI, where places differ

    // Digests by absolute path, for Store::admit_trusted.
    [[nodiscard]] TrustedFiles files() const;
};

// More is not a plugin folder.
inline constexpr std::size_t kProjectFilesMax = 10'000;

// Errors: a symbolic link or something else that is no regular file or folder (untrusted), a
// configuration that is no JSON (config), unreadable (io). Neither folder nor file need exist.
Result<ProjectContent> read_project(const std::filesystem::path& project, HashCache* cache);

// The code-naming members of a configuration, with their pointers.
std::vector<ContentItem> code_naming_items(const json::value& configuration);

// "changed plugins/a.assay.so", "new assay.json#/hooks", "gone plugins/b.so", by name.
std::vector<std::string> differences(const std::vector<ContentItem>& before,
                                     const std::vector<ContentItem>& now);

} // namespace assay::catalog
