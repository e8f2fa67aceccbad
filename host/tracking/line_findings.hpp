// What one line of values shows by itself: steps with their standing, drift, outliers, a spread
// that grew.
//
//   LineFindings found = findings_of(line, {.detector = Detector::assay});
//   for (const LineChange& change : found.changes) ... line.runs[change.index] ...
//
// A pure function of the line: arrival order and earlier answers change nothing. Any thread.
#pragma once

#include "statistics/change_points/detection.hpp"
#include "statistics/robust_scale.hpp"
#include "tracking/branch_lines.hpp"
#include "verdict/levels.hpp"
#include "verdict/severity.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace assay::tracking {

struct LineSearch {
    statistics::Detector detector = statistics::Detector::assay;
    bool early = false;                     // two values make a level, not three
    std::vector<std::size_t> expected = {}; // values that begin a level which a person accepted
};

struct LineChange {
    std::size_t index = 0; // first value of the new level
    std::optional<double> p = {};
    double before = 0, after = 0; // medians of the levels
    double mean_before = 0, mean_after = 0;
    std::size_t n_before = 0, n_after = 0; // n_after: all values since
    statistics::PointState state = statistics::PointState::candidate;
    std::optional<double> size = {}; // on `scale`; positive = worse, without a direction = more
    verdict::ChangeScale scale = verdict::ChangeScale::relative; // of the line; points of shares
    bool worse = false;                                          // than the level before it
    verdict::LevelStanding standing = verdict::LevelStanding::candidate;
    bool over = false;                              // a later level is as good again, or accepted
    std::optional<double> fence = {};               // how much runs change anyway, on `scale`
    std::optional<verdict::Severity> severity = {}; // of what is worse
    // Said by the whole analysis:
    bool counted = true;    // beyond what chance gives over so many series
    bool explained = false; // the machine moved, and this with it
};

struct LineDrift {
    std::size_t first = 0, end = 0;
    double from = 0, to = 0; // the ends of its line
    // Between them, of the first or in points; positive = worse, without a direction = more.
    double change = 0;
    double p = 1;
    verdict::ChangeScale scale = verdict::ChangeScale::relative;
};

struct LineFindings {
    std::vector<LineChange> changes;   // ascending
    std::vector<LineDrift> drifts;     // ascending
    std::vector<std::size_t> outliers; // values
    bool newest_apart = false;         // of a line that is too short for its outliers to be marked
    std::optional<statistics::SpreadChange> spread = {}; // of the newest values, where it doubled
};

// Fewer values than this show no level.
[[nodiscard]] std::size_t fewest_values(const LineSearch& search, bool exact) noexcept;

[[nodiscard]] LineFindings findings_of(const SeriesLine& line, const LineSearch& search);

} // namespace assay::tracking
