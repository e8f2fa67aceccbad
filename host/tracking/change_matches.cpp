#include "tracking/change_matches.hpp"

#include "support/sha256.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace assay::tracking {
namespace {

using history::ChangePointRow;

constexpr std::size_t kIdDigits = 32;

// Where a stored change lies among the values of its line; nothing where its runs are no more.
struct StoredPlace {
    std::size_t good = 0, bad = 0;
};

std::optional<StoredPlace>
place_of(const BranchLines& lines, const SeriesLine& line, const ChangePointRow& row) {
    const auto good = lines.run_index(row.last_good);
    const auto bad = lines.run_index(row.first_bad);
    if (!good || !bad) {
        return std::nullopt;
    }
    return StoredPlace{line.value_at(*good), line.value_at(*bad)};
}

int direction_of(const LineChange& change) {
    return change.after > change.before ? 1 : -1;
}

bool is_within(std::size_t index, const StoredPlace& place) {
    return index + verdict::kSameChangeRuns > place.good &&
           index <= place.bad + verdict::kSameChangeRuns;
}

std::string new_id(const ChangePointRow& row, const history::Series& series) {
    return sha256_of(history::series_key(series) + (row.direction > 0 ? "+" : "-") + row.last_good +
                     row.first_bad)
        .substr(0, kIdDigits);
}

ChangePointRow row_of(const BranchAnalysis& analysis,
                      std::size_t line,
                      const LineChange& change,
                      std::int64_t now) {
    const SeriesLine& of = analysis.lines.lines[line];
    const auto uuid = [&](std::size_t value) { return analysis.lines.runs[of.runs[value]].uuid; };
    const auto count = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    return {.series_id = of.row.id,
            .last_good = uuid(change.index - 1),
            .first_bad = uuid(change.index),
            .direction = direction_of(change),
            .size_rel = verdict::relative_change(change.after,
                                                 change.before,
                                                 of.kind.direction == measure::Direction::higher)
                            .value_or(0),
            .p = change.p,
            .delta = change.after - change.before,
            .mean_before = change.mean_before,
            .mean_after = change.mean_after,
            .n_before = count(change.n_before),
            .n_after = count(change.n_after),
            .kind = "step",
            .detector = "assay",
            .params_hash = sha256_of("p 0.001, window 50, floor 0.01, segment 3").substr(0, 16),
            .state = change.state == statistics::PointState::confirmed ? "confirmed" : "candidate",
            .first_seen_run = newest_run(analysis.lines).uuid,
            .updated = now,
            .branch = analysis.lines.branch};
}

bool says_the_same(const ChangePointRow& one, const ChangePointRow& other) {
    return one.last_good == other.last_good && one.first_bad == other.first_bad &&
           one.state == other.state && one.size_rel == other.size_rel && one.p == other.p &&
           one.n_before == other.n_before && one.n_after == other.n_after;
}

// Those of one series, each of which may be found once.
class StoredChanges {
public:
    StoredChanges(const BranchLines& lines,
                  const SeriesLine& line,
                  const std::vector<const ChangePointRow*>& rows) {
        for (const ChangePointRow* const row : rows) {
            if (const auto place = place_of(lines, line, *row)) {
                open_.push_back({row, *place});
            }
        }
    }

    // The nearest that it may be.
    const ChangePointRow* take(const LineChange& change) {
        auto best = open_.end();
        for (auto one = open_.begin(); one != open_.end(); ++one) {
            const bool fits =
                one->row->direction == direction_of(change) && is_within(change.index, one->place);
            if (fits && (best == open_.end() || off(*one, change) < off(*best, change))) {
                best = one;
            }
        }
        if (best == open_.end()) {
            return nullptr;
        }
        const ChangePointRow* const row = best->row;
        open_.erase(best);
        return row;
    }

private:
    struct Known {
        const ChangePointRow* row;
        StoredPlace place;
    };

    static std::size_t off(const Known& one, const LineChange& change) {
        return std::max(one.place.bad, change.index) - std::min(one.place.bad, change.index);
    }

    std::vector<Known> open_;
};

} // namespace

const BranchRun& newest_run(const BranchLines& lines) {
    return *std::ranges::max_element(
        lines.runs, {}, [](const BranchRun& run) { return std::pair(run.started, run.id); });
}

ChangeMatches match_changes(const BranchAnalysis& analysis,
                            const std::vector<ChangePointRow>& stored,
                            std::int64_t now) {
    std::map<std::int64_t, std::vector<const ChangePointRow*>> by_series;
    for (const ChangePointRow& row : stored) {
        if (row.branch == analysis.lines.branch) {
            by_series[row.series_id].push_back(&row);
        }
    }
    ChangeMatches matches;
    for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
        const SeriesLine& line = analysis.lines.lines[i];
        const std::vector<const ChangePointRow*>& rows = by_series[line.row.id];
        StoredChanges known(analysis.lines, line, rows);
        std::set<std::string> found;
        const auto& changes = analysis.findings[i].changes;
        for (std::size_t k = 0; k < changes.size(); ++k) {
            ChangePointRow row = row_of(analysis, i, changes[k], now);
            const ChangePointRow* const before = known.take(changes[k]);
            row.id = before != nullptr ? before->id : new_id(row, line.row.series);
            if (before != nullptr && before->state == "expected") {
                row.state = before->state;
            }
            if (!found.insert(row.id).second) {
                continue; // two steps between the same runs cannot be
            }
            matches.ids[{i, k}] = row.id;
            if (before == nullptr || !says_the_same(*before, row)) {
                matches.to_write.push_back(std::move(row));
            }
        }
        for (const ChangePointRow* const row : rows) {
            if (!found.contains(row->id) && row->state != "expected" && row->state != "gone") {
                matches.to_write.push_back(*row);
                matches.to_write.back().state = "gone";
                matches.to_write.back().updated = now;
            }
        }
    }
    return matches;
}

} // namespace assay::tracking
