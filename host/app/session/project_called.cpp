#include "app/session/project_called.hpp"

#include "history/project_name.hpp"

#include <system_error>

namespace assay::app {
namespace {

namespace fs = std::filesystem;

// A work tree of git's has a file of that name.
std::string name_of_root(const fs::path& here) {
    std::error_code failed;
    for (fs::path folder = fs::absolute(here, failed).lexically_normal();
         folder.has_relative_path();
         folder = folder.parent_path()) {
        if (fs::is_directory(folder / ".assay", failed) || fs::exists(folder / ".git", failed)) {
            return folder.filename().string();
        }
    }
    return {};
}

} // namespace

std::string
project_called(const std::string& configured, const json::object& git, const fs::path& here) {
    if (!configured.empty()) {
        return configured;
    }
    const std::string remote = history::project_name(json_string(git, "repo_url"));
    return remote.empty() ? name_of_root(here) : remote;
}

} // namespace assay::app
