#include "app/baselines/one_series.hpp"

#include "app/history/narrowing.hpp"
#include "support/text.hpp"
#include "tracking/ended_series.hpp"
#include "tracking/series_choice.hpp"

#include <algorithm>

namespace assay::app {

Result<history::SeriesRow> one_series(history::Store& store, const Invocation& invocation) {
    const Result<Narrowing> asked = narrowing_from(invocation, now_nanoseconds());
    if (!asked) {
        return asked.error();
    }
    if (Status known = check_known(store, *asked); !known) {
        return known.error();
    }
    const tracking::SeriesChoice choice{.case_words = invocation.words[0],
                                        .metric = invocation.words[1],
                                        .platform = asked->platform};
    if (Status known = check_known(store, choice); !known) {
        return known.error();
    }
    Result<std::vector<history::SeriesRow>> rows = tracking::chosen_series(store, choice);
    if (!rows) {
        return rows.error();
    }
    if (Status kept = tracking::keep_current(store, *rows); !kept) {
        return kept.error();
    }
    if (rows->size() == 1) {
        return rows->front();
    }
    std::vector<std::string> names;
    for (const history::SeriesRow& row : *rows) {
        names.push_back("'" + tracking::series_name(row.series) + "' on " +
                        row.series.platform.label + " (" +
                        row.series.platform.fingerprint.substr(0, 12) + ")");
    }
    constexpr std::size_t kNamed = 5;
    const bool more = names.size() > kNamed;
    names.resize(std::min(names.size(), kNamed));
    return Error{.kind = ErrorKind::usage,
                 .message = std::to_string(rows->size()) + " series are meant by that: " +
                            join(names, ", ") + (more ? ", ..." : ""),
                 .hint = "name a case by its whole id, and its machine by --platform"};
}

} // namespace assay::app
