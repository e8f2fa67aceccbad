// The name by which runs of this project are told from those of others that share its history.
//
//   project_called("", git_state("."), std::filesystem::current_path())   // "router"
//
// What the configuration says, else the name of the git remote, else that of the folder which holds
// .assay or .git. Looks at folders; callable from any thread.
#pragma once

#include "support/json.hpp"

#include <filesystem>
#include <string>

namespace assay::app {

// `configured`: "" where nothing says. `git`: of git_state(). "" outside of any project.
[[nodiscard]] std::string project_called(const std::string& configured,
                                         const json::object& git,
                                         const std::filesystem::path& here);

} // namespace assay::app
