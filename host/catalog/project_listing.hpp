// What `assay trust show` prints: every file and setting that trust would be given for, with its
// manifest and who committed it last. Nothing is loaded.
//
//   for (const ProjectFile& file : list_project(content)) ...
//
// Callable from any thread; asks git once per file.
#pragma once

#include "catalog/manifest.hpp"
#include "catalog/project_content.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::catalog {

struct ProjectFile {
    ContentItem item;
    std::optional<Manifest> manifest; // of a readable plugin
    std::string refusal;              // why a *.assay.so is no plugin for this host
    std::string last_committer;       // "Ada <ada@example.org> 2024-06-07T08:09:10Z", or empty
};

std::vector<ProjectFile> list_project(const ProjectContent& content);

} // namespace assay::catalog
