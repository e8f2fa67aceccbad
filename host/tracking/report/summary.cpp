#include "tracking/report/summary.hpp"

#include "statistics/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace assay::tracking {
namespace {

ReportPlatform platform_of_report(const DashboardBranch& branch) {
    ReportPlatform platform{.branch = &branch};
    std::vector<double> noise;
    for (const DashboardRun& run : branch.runs) {
        if (run.row.host_score) {
            noise.push_back(*run.row.host_score);
        }
    }
    if (!branch.runs.empty()) {
        platform.newest = &branch.runs.back();
        platform.noise_newest = platform.newest->row.host_score;
    }
    if (!noise.empty()) {
        platform.noise_median = statistics::median(noise);
    }
    return platform;
}

} // namespace

ReportSummary summary_of(const Dashboard& dashboard, std::span<const ReportSeries> series) {
    ReportSummary summary{.series = series.size()};
    for (const DashboardBranch& branch : dashboard.branches) {
        summary.platforms.push_back(platform_of_report(branch));
        summary.runs += branch.runs.size();
        summary.never_measured += branch.never_measured.size();
        for (const DashboardRun& run : branch.runs) {
            summary.first = std::min(summary.first.value_or(run.when), run.when);
            summary.last = std::max(summary.last.value_or(run.when), run.when);
        }
    }
    std::set<std::string_view> cases, metrics;
    for (const ReportSeries& one : series) {
        cases.insert(one.series->row.series.case_id);
        metrics.insert(one.series->row.series.metric);
        const auto place = static_cast<std::size_t>(one.outcome);
        ++summary.counts[place];
        summary.candidates +=
            one.outcome == ReportOutcome::regressed && one.series->judged &&
                    one.series->judged->verdict.word == verdict::StoredWord::regressed &&
                    !one.series->judged->verdict.confirmed
                ? 1
                : 0;
        const auto platform =
            std::ranges::find(summary.platforms, one.branch, &ReportPlatform::branch);
        if (platform != summary.platforms.end()) {
            ++platform->counts[place];
        }
    }
    summary.benchmarks = cases.size();
    summary.metrics = metrics.size();
    return summary;
}

std::string sentence_of(const ReportSummary& summary) {
    if (summary.series == 0) {
        return "Nothing is recorded that could be reported.";
    }
    std::string text;
    for (const ReportOutcome outcome : {ReportOutcome::failed,
                                        ReportOutcome::lost,
                                        ReportOutcome::regressed,
                                        ReportOutcome::improved,
                                        ReportOutcome::same,
                                        ReportOutcome::undecided}) {
        if (const std::size_t count = summary.count(outcome); count > 0) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, name_of(outcome));
            if (outcome == ReportOutcome::regressed && summary.candidates > 0) {
                text += fmt::format(" ({} not confirmed yet)", summary.candidates);
            }
        }
    }
    text = fmt::format(
        "{} {}: {}.", summary.series, summary.series == 1 ? "series" : "series in all", text);
    if (summary.never_measured > 0) {
        text += fmt::format(" {} broke and never had a figure.",
                            summary.never_measured == 1
                                ? "One more case"
                                : fmt::format("{} more cases", summary.never_measured));
    }
    return text;
}

} // namespace assay::tracking
