// `assay baseline import`: the figures of a file, each bound to the series of the history that it
// is about, or kept until a run has one.
//
//   std::vector<ImportedFigure> figures = imported_figures(file, rows, platforms, baselines);
//   for (const ImportedFigure& one : figures)
//       if (one.fate == ImportFate::bound) rows.push_back(row_of(one));
//
// Pure; callable from any thread.
#pragma once

#include "app/text_table.hpp"
#include "history/baselines_file.hpp"
#include "history/store.hpp"
#include "tracking/series_baseline.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

enum class ImportFate {
    bound,   // a new row for a series that there is
    same,    // the series is held against that very figure already
    waiting, // no run has such a series yet: the file keeps it
    refused, // unit or direction are not those of the series
};

std::string_view name_of(ImportFate fate) noexcept;

struct ImportedFigure {
    std::string label, key;
    history::BaselineFigure figure;
    ImportFate fate = ImportFate::waiting;
    std::string reason = {};                             // of refused and waiting
    std::optional<tracking::SeriesBaseline> series = {}; // but of waiting
};

// A label without a fingerprint means the machine that carried it first.
std::vector<ImportedFigure> imported_figures(const history::BaselinesFile& file,
                                             const std::vector<tracking::SeriesBaseline>& series,
                                             const std::vector<history::PlatformRow>& platforms);

// `runs_here`: uuids of the runs that the history has. Evidence of another history is kept as it
// was told, and the reason says that its runs are not here: until then it is a number.
history::BaselineRow imported_row(const ImportedFigure& one,
                                  const std::string& file,
                                  const std::string& who,
                                  std::int64_t now,
                                  const std::set<std::string>& runs_here);

TextTable imported_table(const std::vector<ImportedFigure>& figures);

} // namespace assay::app
