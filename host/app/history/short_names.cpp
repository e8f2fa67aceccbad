#include "app/history/short_names.hpp"

#include <algorithm>

namespace assay::app {

Result<std::size_t> name_digits(history::Store& store, const std::set<std::string>& uuids) {
    std::size_t digits = 0;
    for (const std::string& uuid : uuids) {
        const Result<std::string> name = store.short_name(uuid);
        if (!name) {
            return name.error();
        }
        digits = std::max(digits, name->size());
    }
    return digits;
}

Result<std::vector<std::string>> short_names(history::Store& store,
                                             const std::vector<history::RunRow>& rows) {
    std::set<std::string> uuids;
    for (const history::RunRow& row : rows) {
        uuids.insert(row.uuid);
    }
    const Result<std::size_t> digits = name_digits(store, uuids);
    if (!digits) {
        return digits.error();
    }
    std::vector<std::string> names;
    for (const history::RunRow& row : rows) {
        names.push_back(row.uuid.substr(0, *digits));
    }
    return names;
}

} // namespace assay::app
