#include "history/project_name.hpp"

namespace assay::history {

std::string project_name(std::string repository_url) {
    while (repository_url.ends_with('/')) {
        repository_url.pop_back();
    }
    if (repository_url.ends_with(".git")) {
        repository_url.resize(repository_url.size() - 4);
    }
    const std::size_t cut = repository_url.find_last_of("/:");
    return cut == std::string::npos ? repository_url : repository_url.substr(cut + 1);
}

} // namespace assay::history
