#include "history/repositories.hpp"

#include "history/project_name.hpp"

#include <algorithm>
#include <string_view>

namespace assay::history {
namespace {

constexpr const char* kRootCommit = "root_commit";
constexpr std::size_t kDigitsShown = 7;

// "host/people/app": without how it is reached, and by whom.
std::string place_of_url(std::string_view url) {
    const std::size_t scheme = url.find("://");
    const bool short_form = scheme == std::string_view::npos; // git@host:path
    url.remove_prefix(short_form ? 0 : scheme + 3);
    const std::size_t at = url.find('@');
    if (at < url.find('/')) {
        url.remove_prefix(at + 1);
    }
    while (url.ends_with('/')) {
        url.remove_suffix(1);
    }
    if (url.ends_with(".git")) {
        url.remove_suffix(4);
    }
    std::string place(url);
    if (const std::size_t colon = place.find(':'); short_form && colon != std::string::npos) {
        place[colon] = '/';
    }
    std::ranges::transform(
        place, place.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; });
    return place;
}

} // namespace

void keep_root_commit(const std::string& sha, Run& run) {
    if (!sha.empty()) {
        run.metadata[kRootCommit] = sha;
    }
}

bool is_same_repository(const std::string& url, const std::string& other_url) {
    return place_of_url(url) == place_of_url(other_url);
}

std::optional<std::string> other_repository(const Run& run, std::span<const RunFacts> others) {
    const std::string root = json_string(run.metadata, kRootCommit);
    for (const RunFacts& other : others) {
        // The address that a file of another tool named may be that of any project.
        const bool by_url = !run.repo_url.empty() && project_name(run.repo_url) == run.project &&
                            project_name(other.repo_url) == run.project;
        if (by_url && !is_same_repository(run.repo_url, other.repo_url)) {
            return other.repo_url;
        }
        const std::string other_root = json_string(other.metadata, kRootCommit);
        if (!root.empty() && !other_root.empty() && root != other_root) {
            return "the one that begins with commit " + other_root.substr(0, kDigitsShown);
        }
    }
    return std::nullopt;
}

} // namespace assay::history
