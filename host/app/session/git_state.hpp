// Which tree was measured: the commit, where it left the main line, and whether the files are those
// of the commit.
//
//   const json::object git = git_state(".");
//
// Nobody may trust the folder: nothing that its configuration names is started, nothing is written
// and nothing fetched. Blocks for the time some git commands take; callable from any thread.
#pragma once

#include "support/json.hpp"

#include <string>

namespace assay::app {

// {"state", "sha", "parent", "branch", "dirty", "merge_base", "author_time", "commit_time",
//  "commit_count", "root_commit", "repo_url"}; null where git does not know. `state`: "ok", "no
//  repository",
// "no git", "unborn". Times are unix seconds. `merge_base` is with the branch this one comes from:
// an upstream of another name, else origin's default branch, else main or master. `commit_count`
// counts the commits that HEAD has behind it, so that a later one of a line has more; not known of
// a shallow clone or where counting takes long. `root_commit`, the first one of all, is asked for
// where no address tells repositories apart, and is not known where `commit_count` is not.
[[nodiscard]] json::object git_state(const std::string& folder);

// The address of a repository without what lets one in: of a web address everything before '@', of
// others the password; also what follows '?' or '#'. "" where no such thing can be told apart.
[[nodiscard]] std::string public_url(const std::string& url);

} // namespace assay::app
