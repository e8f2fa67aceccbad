#include "tracking/series_baseline.hpp"

#include "history/timestamp.hpp"
#include "tracking/alert_answers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace assay::tracking {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;
constexpr std::string_view kPinned = "pinned";

bool is_accepted(const SeriesBaseline& one) {
    const std::optional<history::BaselineFigure> figure = one.current();
    return figure && figure->policy == kExpectedPolicy;
}

// The series of which a change is accepted.
Result<std::set<std::int64_t>> with_accepted_level(history::Store& store) {
    const auto changes = store.change_points(std::nullopt);
    if (!changes) {
        return changes.error();
    }
    std::set<std::int64_t> series;
    for (const history::ChangePointRow& change : *changes) {
        if (change.state == "expected") {
            series.insert(change.series_id);
        }
    }
    return series;
}

} // namespace

std::optional<history::BaselineFigure> SeriesBaseline::current() const {
    if (is_withdrawn()) {
        return std::nullopt;
    }
    return stored ? std::optional(figure_of(*stored, row.series)) : in_file;
}

bool SeriesBaseline::is_withdrawn() const {
    return stored && stored->policy == history::kWithdrawn;
}

bool SeriesBaseline::is_pinned() const {
    const std::optional<history::BaselineFigure> figure = current();
    return figure && figure->policy == kPinned;
}

bool SeriesBaseline::is_accepted_elsewhere() const {
    return is_accepted(*this) && !tells_accepted_level;
}

Result<std::vector<SeriesBaseline>> series_baselines(history::Store& store,
                                                     std::vector<history::SeriesRow> rows,
                                                     const history::BaselinesFile& file) {
    Result<std::vector<history::BaselineRow>> stored = store.baselines(std::nullopt);
    if (!stored) {
        return stored.error();
    }
    std::map<std::int64_t, history::BaselineRow> by_series;
    for (history::BaselineRow& row : *stored) {
        by_series.insert_or_assign(row.series_id, std::move(row));
    }
    std::vector<SeriesBaseline> all;
    for (history::SeriesRow& row : rows) {
        SeriesBaseline one{.row = std::move(row)};
        if (const auto found = by_series.find(one.row.id); found != by_series.end()) {
            one.stored = found->second;
        }
        if (const history::BaselineFigure* figure = figure_in(file, one.row.series)) {
            one.in_file = *figure;
        }
        all.push_back(std::move(one));
    }
    if (std::ranges::any_of(all, is_accepted)) {
        const auto accepted = with_accepted_level(store);
        if (!accepted) {
            return accepted.error();
        }
        for (SeriesBaseline& one : all) {
            one.tells_accepted_level = accepted->contains(one.row.id);
        }
    }
    return all;
}

history::BaselineFigure figure_of(const history::BaselineRow& row, const history::Series& series) {
    const std::int64_t second =
        row.created / kNanosecondsPerSecond; // as exact as a person needs it
    history::BaselineFigure figure{.value = row.center,
                                   .unit = series.unit,
                                   .direction = series.direction,
                                   .spread = row.spread,
                                   .runs = row.n,
                                   .policy = row.policy,
                                   .date = history::timestamp_text(second * kNanosecondsPerSecond),
                                   .branch = row.branch};
    if (row.policy == kPinned) { // those of an update say no more than its figures
        figure.why = row.why;
    }
    for (const std::string& uuid : {row.from_run, row.to_run}) {
        if (!uuid.empty() && (figure.evidence.empty() || figure.evidence.back() != uuid)) {
            figure.evidence.push_back(uuid);
        }
    }
    return figure;
}

const history::BaselineFigure* figure_in(const history::BaselinesFile& file,
                                         const history::Series& series) {
    const auto platform = file.platforms.find(series.platform.label);
    if (platform == file.platforms.end()) {
        return nullptr;
    }
    const std::string& fingerprint = platform->second.fingerprint;
    if (!fingerprint.empty() && fingerprint != series.platform.fingerprint) {
        return nullptr;
    }
    const auto figure = platform->second.figures.find(history::figure_key(series));
    return figure == platform->second.figures.end() ? nullptr : &figure->second;
}

} // namespace assay::tracking
