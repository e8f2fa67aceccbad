// What `assay report` says of the recorded history, as values: summary, achievements, alerts,
// trends, recommendations, methodology, and what a gate said or would say of the newest runs.
//
//   const Report report = make_report(shown, judged);    // of a dashboard, which it looks into
//   json::object document = report_document(report);     // report_document.hpp
//
// Everything rests on what the dashboard found: no verdict is made here. Pure; any thread.
#pragma once

#include "tracking/report/achievements.hpp"
#include "tracking/report/methodology.hpp"
#include "tracking/report/recommendations.hpp"
#include "tracking/report/report_series.hpp"
#include "tracking/report/summary.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay::tracking {

// What rules say of the newest run of a platform.
struct GateJudgement {
    std::string platform = {}, run = {}; // label; uuid
    bool recorded = false;  // it was judged before, and this was kept; else it is judged now
    std::string gates = {}; // the file, where it is judged now
    std::vector<std::pair<std::string, std::size_t>> outcomes = {}; // "PASS": 12, gravest first
    int exit_code = 0;
};

struct GateSummary {
    std::vector<GateJudgement> judgements = {};
    std::optional<int> exit_code = {}; // the gravest of them; nothing: no run to judge
};

struct ReportAlert {
    const DashboardBranch* branch = nullptr;
    const BranchAlert* alert = nullptr;
};

struct Report {
    const Dashboard* shown = nullptr;
    std::vector<ReportSeries> series = {}; // the gravest first; the others point into it
    ReportSummary summary = {};
    std::vector<Achievement> achievements = {};
    std::vector<ReportAlert> alerts = {}; // those that live first, then by severity
    Recommendations recommendations = {};
    std::vector<MethodNote> methodology = {};
    GateSummary gate = {};
};

// The dashboard has to outlive the report; what looks into it is moved with it, never copied.
[[nodiscard]] Report make_report(const Dashboard& dashboard, GateSummary gate);

// "regression: 1 FAIL, 12 PASS (exit code 1); ..." : the line for a CI log.
[[nodiscard]] std::string ci_line(const Report& report);

} // namespace assay::tracking
