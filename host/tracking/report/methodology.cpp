#include "tracking/report/methodology.hpp"

#include "statistics/change_points/detection.hpp"
#include "verdict/amount.hpp"
#include "verdict/baseline_policy.hpp"
#include "verdict/environment_shift.hpp"
#include "verdict/severity.hpp"
#include "verdict/stored_series.hpp"

#include <fmt/format.h>

#include <map>

namespace assay::tracking {
namespace {

constexpr double kPercentOfShare = 100;

std::string share_words(double share) {
    return verdict::rounded_text(kPercentOfShare * share, 3) + " %";
}

// "segment of 12 runs, ..." -> "segment": what kinds of baselines the verdicts rest on.
std::string baseline_kinds(std::span<const ReportSeries> series) {
    std::map<std::string, std::size_t> kinds;
    for (const ReportSeries& one : series) {
        if (one.series->judged && !one.series->judged->verdict.baseline.empty()) {
            const std::string& id = one.series->judged->verdict.baseline;
            ++kinds[id.substr(0, id.find_first_of(" ,:"))];
        }
    }
    std::string text;
    for (const auto& [kind, count] : kinds) {
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, kind);
    }
    return text.empty() ? "Here no verdict rests on one." : "Here by kind: " + text + ".";
}

std::string limits_words(const verdict::SeverityLimits& limits, std::string_view unit) {
    return fmt::format("{}, {}, {} {}",
                       verdict::rounded_text(kPercentOfShare * limits.warn),
                       verdict::rounded_text(kPercentOfShare * limits.fail),
                       verdict::rounded_text(kPercentOfShare * limits.severe),
                       unit);
}

std::string detector_words(const Dashboard& dashboard) {
    std::size_t analysed = 0;
    for (const DashboardBranch& branch : dashboard.branches) {
        analysed += branch.analysis ? 1 : 0;
    }
    const AnalysisOptions used;
    std::string text = fmt::format(
        "Steps are found by the detector '{}' over the lines of all runs, never for less than {}; "
        "the newest step of every series is held against chance (Benjamini-Hochberg, {}); {} runs "
        "confirm one.",
        statistics::name_of(used.detector),
        share_words(verdict::kFloor),
        share_words(kFalseDiscoveries),
        verdict::kConfirmingRuns);
    if (analysed < dashboard.branches.size()) {
        text += fmt::format(" {} of {} platforms have too few runs for it.",
                            dashboard.branches.size() - analysed,
                            dashboard.branches.size());
    }
    return text;
}

} // namespace

std::vector<MethodNote> methodology(const Dashboard& dashboard,
                                    std::span<const ReportSeries> series) {
    using verdict::ChangeScale;
    const verdict::SeriesTest test;
    const verdict::BaselineOptions baseline;
    std::vector<MethodNote> notes;
    notes.push_back({"statistic",
                     "A figure is the median over the launches of a run, each by its own median; a "
                     "launch is one worker process. Of imports and records it is the figure they "
                     "tell. What is not measured is no 0."});
    notes.push_back({"time",
                     "A run stands at the time of its commit, whenever it was measured; where no "
                     "commit is known, at its own start."});
    notes.push_back(
        {"baseline",
         fmt::format("Held against is what somebody has set, else the median of the newest {} runs "
                     "of the accepted level on the branch ({} at least). A worse level that nobody "
                     "accepted is never learnt. {}",
                     verdict::kSegmentRuns,
                     baseline.min_runs,
                     baseline_kinds(series))});
    notes.push_back({"test",
                     fmt::format("The unit of noise is the run. A change counts beyond what runs "
                                 "differ (error rate {}) and beyond {}, or {} points of a share; "
                                 "exact figures to the last one. One run alone confirms nothing.",
                                 verdict::rounded_text(test.alpha),
                                 share_words(test.floor),
                                 verdict::rounded_text(kPercentOfShare * test.floor_points))});
    notes.push_back(
        {"severity",
         fmt::format("Minor, moderate and severe by size (warn, fail, severe at {}; of "
                     "shares {}) and by how much the series moves anyway. The limit of "
                     "this report is {} worse, of shares {} points.",
                     limits_words(verdict::default_limits(ChangeScale::relative), "%"),
                     limits_words(verdict::default_limits(ChangeScale::points), "points"),
                     share_words(dashboard.choice.threshold),
                     verdict::rounded_text(kPercentOfShare * dashboard.choice.threshold_points))});
    notes.push_back({"detector", detector_words(dashboard)});
    notes.push_back({"machine",
                     fmt::format("Where half of {} or more cases moved alike since the same run "
                                 "and the host's own program moved with them, the machine is to "
                                 "blame and nothing is called a regression for it. Series of two "
                                 "platforms are never compared.",
                                 verdict::kShiftSeriesMin)});
    return notes;
}

} // namespace assay::tracking
