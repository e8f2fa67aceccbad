// `assay analyze`: what the history of a platform and branch shows, over all of its series.
//
//   auto all = analyse(*store, {.platform = "lab_8c"}, {}, each_in_turn);
//   for (const BranchAnalysis& one : *all)
//       for (const LineFindings& found : one.findings) ...
//
// A pure function of the recorded runs and of what people have accepted: all of it is computed anew
// each time. Sections 6.4 and 8 of the specification of tracking. Reads the store on one thread and
// searches the lines on those that `each` has.
#pragma once

#include "tracking/branch_lines.hpp"
#include "tracking/line_findings.hpp"
#include "tracking/machine_shifts.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace assay::tracking {

struct AnalysisOptions {
    statistics::Detector detector = statistics::Detector::assay;
    bool early = false; // two values make a level, not three
};

// Calls body(i) once for every i below `count`, in any order, on any threads.
using ForEach =
    std::function<void(std::size_t count, const std::function<void(std::size_t)>& body)>;

void each_in_turn(std::size_t count, const std::function<void(std::size_t)>& body);

struct BranchAnalysis {
    BranchLines lines;
    std::vector<LineFindings> findings = {}; // one for each line
    std::vector<MachineShift> shifts = {};
    std::size_t too_short = 0; // series with fewer values than show a change
};

// Share of false ones among the newest changes of all series that are told (section 8.3 f).
inline constexpr double kFalseDiscoveries = 0.05;

// Errors besides those of read_branch_lines: missing (no series is long enough to show anything).
Result<std::vector<BranchAnalysis>> analyse(history::Store& store,
                                            const AnalysisChoice& choice,
                                            const AnalysisOptions& options,
                                            const ForEach& each);

// Flags of points as the findings have them, where the history has others: outliers, runs in which
// the machine moved for a while, and series that drift now.
[[nodiscard]] std::vector<history::PointMark> point_marks(const BranchAnalysis& analysis);

} // namespace assay::tracking
