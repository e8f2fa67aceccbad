#include "tracking/known_platform.hpp"

#include "support/text.hpp"

#include <vector>

namespace assay::tracking {

Status find_platform(history::Store& store, const std::string& name) {
    const Result<std::vector<history::PlatformRow>> known = store.platforms();
    if (!known) {
        return known.error();
    }
    std::vector<std::string> labels;
    for (const history::PlatformRow& row : *known) {
        if (row.platform.label == name || row.platform.fingerprint.starts_with(name)) {
            return {};
        }
        labels.push_back(row.platform.label);
    }
    return Error{.kind = ErrorKind::missing,
                 .message = "there is no run of a platform '" + name + "' in " + store.where() +
                            did_you_mean(name, labels),
                 .hint = "'assay history platforms' lists those there are"};
}

} // namespace assay::tracking
