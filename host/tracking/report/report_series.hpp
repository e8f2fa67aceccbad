// The series of a dashboard as a report looks at them: each with the one word that counts it, and
// what an analysis found in its line.
//
//   for (const ReportSeries& one : report_series(shown))   // the gravest first
//       if (one.outcome == ReportOutcome::regressed) ... one.change() ...
//
// Views of the dashboard, which has to outlive them. Pure; any thread.
#pragma once

#include "tracking/dashboard/dashboard.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::tracking {

// The gravest first: that is the order of every list of a report.
enum class ReportOutcome { failed, lost, regressed, undecided, improved, same };

inline constexpr std::size_t kReportOutcomes = 6;

std::string_view name_of(ReportOutcome outcome) noexcept;

// The word of the history about a figure, as a report counts it.
[[nodiscard]] ReportOutcome outcome_of(verdict::StoredWord word) noexcept;

struct ReportSeries {
    const DashboardBranch* branch = nullptr;
    const DashboardSeries* series = nullptr;
    const SeriesLine* line = nullptr; // nothing: not analysed
    const LineFindings* found = nullptr;
    ReportOutcome outcome = ReportOutcome::undecided;

    // Of the newest point against what it was held against, positive = worse.
    [[nodiscard]] std::optional<double> change() const;
    // The run of the newest point.
    [[nodiscard]] const DashboardRun& newest() const;
};

// A series without any point is none.
[[nodiscard]] std::vector<ReportSeries> report_series(const Dashboard& dashboard);

} // namespace assay::tracking
