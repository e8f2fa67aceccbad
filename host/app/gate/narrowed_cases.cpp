#include "app/gate/narrowed_cases.hpp"

#include "tracking/series_choice.hpp"

#include <algorithm>
#include <set>

namespace assay::app {

Status narrow_cases(history::Store& store,
                    const std::vector<std::string>& words,
                    std::vector<verdict::GateCase>& cases) {
    std::set<std::string> wanted, unwanted;
    bool any_wanted = false;
    for (const std::string& word : words) {
        const bool excludes = word.starts_with('!');
        const std::string pattern = word.substr(excludes ? 1 : 0);
        if (pattern.starts_with("tag:")) {
            return Error{.kind = ErrorKind::usage,
                         .message = "'" + word + "': a history keeps no tags",
                         .hint = "name cases by id, suite/family or a regular expression"};
        }
        auto rows = tracking::chosen_series(store, {.case_words = pattern});
        if (!rows) {
            Error error = rows.error();
            error.kind = ErrorKind::usage;
            return error;
        }
        any_wanted = any_wanted || !excludes;
        for (const history::SeriesRow& row : *rows) {
            (excludes ? unwanted : wanted).insert(row.series.case_id);
        }
    }
    std::erase_if(cases, [&](const verdict::GateCase& one) {
        return unwanted.contains(one.subject.id) ||
               (any_wanted && !wanted.contains(one.subject.id));
    });
    return {};
}

} // namespace assay::app
