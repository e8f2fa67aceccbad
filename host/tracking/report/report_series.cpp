#include "tracking/report/report_series.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>

namespace assay::tracking {
namespace {

ReportOutcome outcome_of_newest(const DashboardSeries& series) {
    if (series.lost) {
        return ReportOutcome::lost;
    }
    const DashboardPoint& newest = series.points.back();
    if (!newest.figures) {
        return measure::is_breakage(newest.status) ? ReportOutcome::failed
                                                   : ReportOutcome::undecided;
    }
    return series.judged ? outcome_of(series.judged->verdict.word) : ReportOutcome::undecided;
}

bool is_graver(const ReportSeries& a, const ReportSeries& b) {
    const auto key = [](const ReportSeries& one) {
        const history::Series& of = one.series->row.series;
        return std::tuple(one.outcome,
                          -std::abs(one.change().value_or(0)),
                          std::string_view(of.case_id),
                          std::string_view(of.metric),
                          std::string_view(of.platform.label));
    };
    return key(a) < key(b);
}

} // namespace

ReportOutcome outcome_of(verdict::StoredWord word) noexcept {
    using verdict::StoredWord;
    switch (word) {
    case StoredWord::failed:
        return ReportOutcome::failed;
    case StoredWord::missing:
        return ReportOutcome::lost;
    case StoredWord::regressed:
    case StoredWord::drift:
        return ReportOutcome::regressed;
    case StoredWord::improved:
        return ReportOutcome::improved;
    case StoredWord::unchanged:
        return ReportOutcome::same;
    case StoredWord::incomparable:
    case StoredWord::no_baseline:
    case StoredWord::stale_baseline:
    case StoredWord::environment_shift:
    case StoredWord::noisy:
        return ReportOutcome::undecided;
    }
    return ReportOutcome::undecided;
}

std::string_view name_of(ReportOutcome outcome) noexcept {
    switch (outcome) {
    case ReportOutcome::failed:
        return "failed";
    case ReportOutcome::lost:
        return "lost";
    case ReportOutcome::regressed:
        return "regressed";
    case ReportOutcome::undecided:
        return "undecided";
    case ReportOutcome::improved:
        return "improved";
    case ReportOutcome::same:
        return "same";
    }
    return "undecided";
}

std::optional<double> ReportSeries::change() const {
    if (!series->judged || !series->judged->verdict.finding) {
        return std::nullopt;
    }
    return series->judged->verdict.finding->change;
}

const DashboardRun& ReportSeries::newest() const {
    return branch->runs[series->points.back().run];
}

std::vector<ReportSeries> report_series(const Dashboard& dashboard) {
    std::vector<ReportSeries> all;
    for (const DashboardBranch& branch : dashboard.branches) {
        std::unordered_map<std::int64_t, std::size_t> lines;
        if (branch.analysis) {
            const auto& analysed = branch.analysis->analysis.lines.lines;
            for (std::size_t i = 0; i < analysed.size(); ++i) {
                lines.emplace(analysed[i].row.id, i);
            }
        }
        for (const DashboardSeries& series : branch.series) {
            if (series.points.empty()) {
                continue;
            }
            ReportSeries one{
                .branch = &branch, .series = &series, .outcome = outcome_of_newest(series)};
            if (const auto line = lines.find(series.row.id); line != lines.end()) {
                one.line = &branch.analysis->analysis.lines.lines[line->second];
                one.found = &branch.analysis->analysis.findings[line->second];
            }
            all.push_back(one);
        }
    }
    std::ranges::stable_sort(all, is_graver);
    return all;
}

} // namespace assay::tracking
