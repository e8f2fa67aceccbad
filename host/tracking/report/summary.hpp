// The figures that a report begins with: how much was looked at, what became of it, and how quiet
// the machines were.
//
//   const ReportSummary summary = summary_of(shown, series);
//   summary.count(ReportOutcome::regressed)
//
// Pure; any thread.
#pragma once

#include "tracking/report/report_series.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay::tracking {

struct ReportPlatform {
    const DashboardBranch* branch = nullptr;
    const DashboardRun* newest = nullptr;
    // Robust spread of equal work, as a share; lower is quieter. Nothing: no run told it.
    std::optional<double> noise_newest = {}, noise_median = {};
    std::array<std::size_t, kReportOutcomes> counts = {};
};

struct ReportSummary {
    std::size_t benchmarks = 0, metrics = 0, series = 0, runs = 0;
    std::size_t never_measured = 0; // cases that broke in a newest run and have no series
    std::vector<ReportPlatform> platforms = {};
    std::optional<std::int64_t> first = {}, last = {}; // of the runs: commit time, else start
    std::array<std::size_t, kReportOutcomes> counts = {};
    std::size_t candidates = 0; // of those that regressed: too new to be confirmed

    [[nodiscard]] std::size_t count(ReportOutcome outcome) const {
        return counts[static_cast<std::size_t>(outcome)];
    }
};

[[nodiscard]] ReportSummary summary_of(const Dashboard& dashboard,
                                       std::span<const ReportSeries> series);

// "2 of 8 series regressed, 1 failed; ..." : the one sentence of it.
[[nodiscard]] std::string sentence_of(const ReportSummary& summary);

} // namespace assay::tracking
