#include "app/history/short_names.hpp"

#include <algorithm>

namespace assay::app {

Result<std::vector<std::string>> short_names(history::Store& store,
                                             const std::vector<history::RunRow>& rows) {
    std::size_t digits = 0;
    for (const history::RunRow& row : rows) {
        const Result<std::string> name = store.short_name(row.uuid);
        if (!name) {
            return name.error();
        }
        digits = std::max(digits, name->size());
    }
    std::vector<std::string> names;
    for (const history::RunRow& row : rows) {
        names.push_back(row.uuid.substr(0, digits));
    }
    return names;
}

} // namespace assay::app
