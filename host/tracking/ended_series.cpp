#include "tracking/ended_series.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace assay::tracking {
namespace {

using history::Series;
using history::SeriesRow;

// Everything that tells one series from another but unit and direction.
auto rest_of(const Series& series) {
    return std::tie(series.case_id,
                    series.metric,
                    series.aggregate,
                    series.clock,
                    series.shape,
                    series.isolation,
                    series.platform.fingerprint,
                    series.platform.label);
}

// When the newest run of a series began; nothing: it has no point.
Result<std::optional<std::int64_t>> newest_of(history::Store& store, std::int64_t series) {
    const auto points = store.points(series, {.last = 1, .excluded_too = true});
    if (!points) {
        return points.error();
    }
    return points->empty() ? std::nullopt : std::optional(points->back().started);
}

using Group = std::vector<const SeriesRow*>;

Status find_ended(history::Store& store, const Group& group, EndedSeries& ended) {
    std::vector<std::pair<const SeriesRow*, std::int64_t>> newest;
    for (const SeriesRow* row : group) {
        const auto begun = newest_of(store, row->id);
        if (!begun) {
            return begun.error();
        }
        if (*begun) {
            newest.emplace_back(row, **begun);
        }
    }
    const auto current = std::ranges::max_element(
        newest, {}, [](const auto& one) { return std::pair(one.second, one.first->id); });
    for (const auto& [row, begun] : newest) {
        if (row != current->first) {
            const Series& goes_on = current->first->series;
            ended[row->id] = {.last = begun, .unit = goes_on.unit, .direction = goes_on.direction};
        }
    }
    return {};
}

} // namespace

Result<EndedSeries> ended_series(history::Store& store, const std::vector<SeriesRow>& rows) {
    Group sorted;
    for (const SeriesRow& row : rows) {
        sorted.push_back(&row);
    }
    std::ranges::sort(sorted, {}, [](const SeriesRow* row) { return rest_of(row->series); });
    EndedSeries ended;
    for (auto begin = sorted.begin(); begin != sorted.end();) {
        const auto end = std::find_if(begin, sorted.end(), [&](const SeriesRow* row) {
            return rest_of(row->series) != rest_of((*begin)->series);
        });
        if (end - begin > 1) { // mostly there is one
            if (Status found = find_ended(store, Group(begin, end), ended); !found) {
                return found.error();
            }
        }
        begin = end;
    }
    return ended;
}

Status keep_current(history::Store& store, std::vector<SeriesRow>& rows) {
    const auto ended = ended_series(store, rows);
    if (!ended) {
        return ended.error();
    }
    std::erase_if(rows, [&ended](const SeriesRow& row) { return ended->contains(row.id); });
    return {};
}

} // namespace assay::tracking
