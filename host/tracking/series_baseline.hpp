// What a series is held against now: the newest row of the history, else the figure of the
// project's baselines file.
//
//   Result<std::vector<SeriesBaseline>> all = series_baselines(*store, rows, file);
//   if (auto current = all->front().current()) ...   // {8.0, "s", Direction::lower, ...}
//
// Reads the store; one thread at a time.
#pragma once

#include "history/baselines_file.hpp"
#include "history/store.hpp"
#include "support/result.hpp"

#include <optional>
#include <vector>

namespace assay::tracking {

struct SeriesBaseline {
    history::SeriesRow row;
    std::optional<history::BaselineRow> stored = {};
    // Of the file, under the label and, where it names one, the fingerprint of the platform.
    std::optional<history::BaselineFigure> in_file = {};
    // The history itself says which level somebody has accepted: an accepted figure goes on with
    // it.
    bool tells_accepted_level = false;

    // As a figure of the file; what is stored wins, also where it says that nothing counts.
    [[nodiscard]] std::optional<history::BaselineFigure> current() const;
    [[nodiscard]] bool is_withdrawn() const;
    [[nodiscard]] bool is_pinned() const;
    // The accepted figure of a level that is accepted in another history: a file or an import has
    // brought it, and it stands as it is.
    [[nodiscard]] bool is_accepted_elsewhere() const;
};

Result<std::vector<SeriesBaseline>> series_baselines(history::Store& store,
                                                     std::vector<history::SeriesRow> rows,
                                                     const history::BaselinesFile& file);

// As a row becomes a figure of the file.
history::BaselineFigure figure_of(const history::BaselineRow& row, const history::Series& series);

// The figure that the file has for a series; nothing where it is another machine's.
const history::BaselineFigure* figure_in(const history::BaselinesFile& file,
                                         const history::Series& series);

} // namespace assay::tracking
