// The name of a project: that of its repository, by which runs of one database are told apart.
//
//   project_name("https://example.org/people/assay.git")   // "assay"
//
// Pure; callable from any thread.
#pragma once

#include <string>

namespace assay::history {

// "" of no address.
[[nodiscard]] std::string project_name(std::string repository_url);

} // namespace assay::history
