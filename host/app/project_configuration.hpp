// A project's `.assay/assay.json`, and files of the same schema given by --config: read, checked
// against schemas/project.json, typed.
//
//   auto own = read_configuration(project / ".assay/assay.json", project, Obey::harmless);
//   if (!own) ...  // ".assay/assay.json: /lanes: expected integer, at least 0; found -1"
//   auto both = merged(*own, *from_config_option);
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
    std::optional<std::vector<std::string>> reporters, wrap;
    std::vector<std::filesystem::path> plugin_dirs; // absolute
    std::optional<std::string> history;             // an absolute path or a URL
    std::optional<std::string> project;             // its name

    // JSON pointers of the members that were left out by Obey::harmless.
    std::vector<std::string> withheld;
};

// A project that nobody trusts may say how long to measure, but neither name code nor places
// outside itself: a clone could start programs or write files by that.
enum class Obey { everything, harmless };

// `document`: its name in messages. `base`: where relative paths start. Errors: kind config, with
// JSON pointers, what was expected and what was found.
Result<ProjectConfiguration> parse_configuration(std::string_view text,
                                                 const std::string& document,
                                                 const std::filesystem::path& base,
                                                 Obey obey);

Result<ProjectConfiguration>
read_configuration(const std::filesystem::path& file, const std::filesystem::path& base, Obey obey);

// Both together; what `over` says wins. Settings of one suite are merged key by key.
ProjectConfiguration merged(ProjectConfiguration under, ProjectConfiguration over);

} // namespace assay::app
