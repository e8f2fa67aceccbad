// What got better, the largest first: series whose newest run is better than its baseline by more
// than runs differ, and confirmed steps to the better that still hold.
//
//   for (const Achievement& one : achievements(series))
//       print(one.before, one.after, one.gain);
//
// A share of a ratio is told in points. Pure; any thread.
#pragma once

#include "tracking/report/report_series.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay::tracking {

struct Achievement {
    const ReportSeries* of = nullptr;
    double before = 0, after = 0;
    double gain = 0; // positive = better; a share of `before`, or points
    verdict::ChangeScale scale = verdict::ChangeScale::relative;
    std::optional<statistics::Interval> interval = {}; // of the gain
    // The runs that a confirmed step lies between; nothing: none is known, and the newest run alone
    // shows it.
    const BranchRun* last_before = nullptr;
    const BranchRun* first_after = nullptr;
    std::string baseline = {}; // for people; empty of a step
};

// A series appears once. What has failed, got lost or worse since achieved nothing.
[[nodiscard]] std::vector<Achievement> achievements(std::span<const ReportSeries> series);

} // namespace assay::tracking
