#include "app/baselines/disagreements.hpp"

#include "history/timestamp.hpp"
#include "verdict/amount.hpp"

#include <algorithm>
#include <cmath>

namespace assay::app {
namespace {

// A unit of people and back changes the last digits.
bool is_same(double one, double other) {
    constexpr double kTolerance = 1e-12;
    return std::abs(one - other) <= kTolerance * std::max(std::abs(one), std::abs(other));
}

bool disagrees(const tracking::SeriesBaseline& one) {
    if (!one.stored || !one.in_file) {
        return false; // the one that there is counts
    }
    const history::Series& series = one.row.series;
    return one.is_withdrawn() || !is_same(one.stored->center, one.in_file->value) ||
           one.in_file->unit != series.unit || one.in_file->direction != series.direction;
}

// "'CASE METRIC' on LABEL: FILE says 7 s, the history 8 s (pinned 2026-11-21), which counts"
std::string text_of(const tracking::SeriesBaseline& one, const std::string& file) {
    const history::Series& series = one.row.series;
    const history::BaselineRow& stored = *one.stored;
    constexpr std::size_t kDateLength = 10;
    const std::string date = history::timestamp_text(stored.created).substr(0, kDateLength);
    const std::string told = one.is_withdrawn() ? "that it was taken back (" + date + ")"
                                                : verdict::figure_text(stored.center, series.unit) +
                                                      " (" + stored.policy + ", " + date + ")";
    return "'" + history::figure_key(series) + "' on " + series.platform.label + ": " + file +
           " says " + verdict::figure_text(one.in_file->value, one.in_file->unit) +
           ", the history " + told + ", and the history counts";
}

} // namespace

std::vector<RunWarning> disagreements(const std::vector<tracking::SeriesBaseline>& baselines,
                                      const std::string& file) {
    constexpr std::size_t kTold = 5;
    std::vector<RunWarning> told;
    std::size_t count = 0;
    for (const tracking::SeriesBaseline& one : baselines) {
        if (!disagrees(one)) {
            continue;
        }
        if (++count <= kTold) {
            told.push_back({text_of(one, file), ""});
        }
    }
    if (count > kTold) {
        told.push_back({std::to_string(count - kTold) + " more entries of " + file +
                            " are not what the history says",
                        ""});
    }
    if (!told.empty()) {
        told.back().next = "make the file count: assay baseline import " + file;
    }
    return told;
}

Result<std::vector<RunWarning>> disagreements_on(history::Store& store,
                                                 const history::Platform& platform,
                                                 const history::BaselinesFile& file,
                                                 const std::string& path) {
    if (file.platforms.empty()) {
        return std::vector<RunWarning>();
    }
    auto rows = store.series({.platform = platform.label});
    if (!rows) {
        return rows.error();
    }
    const auto baselines = tracking::series_baselines(store, std::move(*rows), file);
    return baselines ? Result<std::vector<RunWarning>>(disagreements(*baselines, path))
                     : baselines.error();
}

} // namespace assay::app
