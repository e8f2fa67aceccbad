#include "tracking/report/report.hpp"

#include "tracking/report/recommendation_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace assay::tracking {
namespace {

// severe, moderate, minor, what is not known.
std::size_t severity_rank(std::string_view severity) {
    constexpr std::array<std::string_view, 3> kGravest{"severe", "moderate", "minor"};
    return static_cast<std::size_t>(std::ranges::find(kGravest, severity) - kGravest.begin());
}

std::vector<ReportAlert> alerts_of_report(const Dashboard& dashboard) {
    std::vector<ReportAlert> alerts;
    for (const DashboardBranch& branch : dashboard.branches) {
        if (!branch.analysis) {
            continue;
        }
        for (const BranchAlert& alert : branch.analysis->book.alerts) {
            alerts.push_back({&branch, &alert});
        }
    }
    std::ranges::stable_sort(alerts, [](const ReportAlert& a, const ReportAlert& b) {
        const auto key = [](const ReportAlert& one) {
            return std::tuple(!verdict::is_live(one.alert->state),
                              severity_rank(one.alert->row.severity));
        };
        return key(a) < key(b);
    });
    return alerts;
}

std::string judgement_text(const GateJudgement& judgement, bool several) {
    std::string text = several ? judgement.platform + ": " : std::string();
    text += judgement.recorded ? "the gate of this run said " : "a gate says of recorded figures ";
    std::string counts;
    for (const auto& [word, count] : judgement.outcomes) {
        counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, word);
    }
    return text + (counts.empty() ? "nothing, for no rule met a figure" : counts) +
           fmt::format(", exit code {}", judgement.exit_code);
}

} // namespace

Report make_report(const Dashboard& dashboard, GateSummary gate) {
    Report report{.shown = &dashboard, .series = report_series(dashboard)};
    report.summary = summary_of(dashboard, report.series);
    report.achievements = achievements(report.series);
    report.alerts = alerts_of_report(dashboard);
    report.recommendations = recommendations(recommendation_figures(dashboard, report.series));
    report.methodology = methodology(dashboard, report.series);
    report.gate = std::move(gate);
    return report;
}

std::string ci_line(const Report& report) {
    if (report.gate.judgements.empty()) {
        return "No run could be held against rules.";
    }
    std::string text;
    for (const GateJudgement& one : report.gate.judgements) {
        text += (text.empty() ? "" : "; ") + judgement_text(one, report.gate.judgements.size() > 1);
    }
    if (report.gate.judgements.size() == 1) {
        text.front() = text.front() == 't' ? 'T' : 'A'; // "the gate ...", "a gate ..."
    }
    if (report.gate.judgements.size() > 1) {
        text += fmt::format("; exit code {} in all", report.gate.exit_code.value_or(0));
    }
    return text + ".";
}

} // namespace assay::tracking
