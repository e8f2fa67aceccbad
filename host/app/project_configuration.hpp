// A project's `.assay/assay.json`, and files of the same schema given by --config: read, checked
// against schemas/project.json, typed.
//
//   auto configuration = read_configuration(project / ".assay/assay.json", project);
//   if (!configuration) ...  // ".assay/assay.json: /lanes: expected integer, at least 0; found -1"
//   configuration = merged(*configuration, from_config_option);
//
// Pure but for reading; callable from any thread.
#pragma once

#include "plan/plan.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

// What the file says; what it leaves open is empty.
struct ProjectConfiguration {
    std::optional<plan::Mode> mode;
    std::optional<std::uint32_t> lanes;
    std::optional<std::uint64_t> seed;
    std::optional<std::string> isolate; // "suite", "case", "launch"
    std::optional<std::chrono::milliseconds> timeout;
    std::optional<std::uint64_t> batch_bytes;
    std::optional<bool> strict;
    json::object suites; // settings by suite name

    // Keys that name code or places; see withhold_code(). Paths are absolute.
    std::optional<std::vector<std::string>> reporters, wrap;
    std::vector<std::filesystem::path> plugins, plugin_folders;
};

// `document`: its name in messages. `base`: where relative paths start. Errors: kind config, with
// JSON pointers, what was expected and what was found.
Result<ProjectConfiguration> parse_configuration(std::string_view text,
                                                 const std::string& document,
                                                 const std::filesystem::path& base);

Result<ProjectConfiguration> read_configuration(const std::filesystem::path& file,
                                                const std::filesystem::path& base);

// Both together; what `over` says wins. Settings of one suite are merged key by key.
ProjectConfiguration merged(ProjectConfiguration under, ProjectConfiguration over);

// Removes what an untrusted project may not say (a clone could start programs or write files by
// it) and returns the names of the keys removed, such as "wrap".
std::vector<std::string> withhold_code(ProjectConfiguration& configuration,
                                       const std::filesystem::path& project);

} // namespace assay::app
