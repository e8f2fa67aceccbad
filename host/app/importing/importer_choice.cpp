#include "app/importing/importer_choice.hpp"

#include <algorithm>

namespace assay::app {
namespace {

constexpr std::size_t kCandidatesShown = 5;

std::string candidates_of(const std::vector<ImporterScore>& scores) {
    std::string text;
    for (std::size_t i = 0; i < std::min(scores.size(), kCandidatesShown); ++i) {
        if (scores[i].sure > 0) {
            text += (text.empty() ? "" : ", ") + scores[i].importer + " (" +
                    std::to_string(scores[i].sure) + " of 100)";
        }
    }
    return text;
}

} // namespace

Result<std::string> choose_importer(const std::string& file, std::vector<ImporterScore> scores) {
    std::ranges::stable_sort(scores, std::ranges::greater(), &ImporterScore::sure);
    const bool sure = !scores.empty() && scores.front().sure >= kSureEnough;
    const bool alone = scores.size() < 2 || scores.front().sure - scores[1].sure >= kClearlySurer;
    if (sure && alone) {
        return scores.front().importer;
    }
    const std::string candidates = candidates_of(scores);
    return Error{.kind = ErrorKind::usage,
                 .message = file + ": the format is unknown" +
                            (candidates.empty() ? std::string(": no importer knows it")
                             : sure ? "; more than one importer could read it: " + candidates
                                    : "; no importer is sure enough: " + candidates),
                 .hint =
                     "name it instead of auto; 'assay list --importers' lists all formats. What "
                     "Assay wrote is taken by 'assay history pull' (bundles) and 'assay "
                     "compare' (results)"};
}

std::string importer_name(std::string word) {
    std::ranges::replace(word, '-', '_');
    return word;
}

} // namespace assay::app
