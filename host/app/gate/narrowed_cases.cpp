#include "app/gate/narrowed_cases.hpp"

#include "app/history/chosen_cases.hpp"

#include <set>

namespace assay::app {

Status narrow_cases(history::Store& store,
                    const std::vector<std::string>& words,
                    const std::string& where,
                    std::vector<verdict::GateCase>& cases) {
    if (words.empty()) {
        return {};
    }
    const auto rows = store.series({});
    if (!rows) {
        return rows.error();
    }
    std::set<std::string> ids;
    for (const history::SeriesRow& row : *rows) {
        ids.insert(row.series.case_id);
    }
    for (const verdict::GateCase& one : cases) {
        ids.insert(one.subject.id);
    }
    const auto chosen = chosen_cases({ids.begin(), ids.end()}, words, where);
    if (!chosen) {
        return chosen.error();
    }
    std::erase_if(cases, [&chosen](const verdict::GateCase& one) {
        return !chosen->contains(one.subject.id);
    });
    return {};
}

} // namespace assay::app
