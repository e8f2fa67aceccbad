#include "catalog/project_listing.hpp"

#include "catalog/catalog.hpp"
#include "catalog/git.hpp"

#include <map>

namespace assay::catalog {
namespace {

// Asking git takes 3 ms and more; past this only names, sizes and hashes are told.
constexpr std::size_t kCommittersAsked = 200;

} // namespace

std::vector<ProjectFile> list_project(const ProjectContent& content) {
    std::vector<ProjectFile> files;
    std::map<std::string, std::string> committers;
    for (const ContentItem& item : content.items) {
        ProjectFile file{item, std::nullopt, {}, {}};
        const std::string name = ".assay/" + item.name.substr(0, item.name.find('#'));
        if (item.name.starts_with("plugins/") && item.name.ends_with(kPluginSuffix)) {
            auto manifest = read_manifest((content.project / name).string());
            if (manifest) {
                file.refusal = version_conflict(*manifest);
                file.manifest = std::move(*manifest);
            } else {
                file.refusal = manifest.error().message;
            }
        }
        auto known = committers.find(name);
        if (known == committers.end() && committers.size() < kCommittersAsked) {
            known = committers.emplace(name, git_last_committer(content.project, name)).first;
        }
        file.last_committer = known == committers.end() ? std::string{} : known->second;
        files.push_back(std::move(file));
    }
    return files;
}

} // namespace assay::catalog
