#include "tracking/report/achievements.hpp"

#include "verdict/severity.hpp"

#include <algorithm>
#include <tuple>

namespace assay::tracking {
namespace {

std::optional<Achievement> gain_of_newest(const ReportSeries& one) {
    if (one.outcome != ReportOutcome::improved || !one.series->judged) {
        return std::nullopt;
    }
    const ComparedSeries& judged = *one.series->judged;
    const auto& finding = judged.verdict.finding;
    if (!finding || !finding->change || !judged.figure || !judged.center) {
        return std::nullopt;
    }
    Achievement gain{.of = &one,
                     .before = *judged.center,
                     .after = *judged.figure,
                     .gain = -*finding->change,
                     .scale = finding->scale,
                     .baseline = judged.verdict.baseline};
    if (finding->interval) {
        gain.interval =
            statistics::Interval{.low = -finding->interval->high, .high = -finding->interval->low};
    }
    return gain;
}

// The newest step, where nothing worse came after it.
std::optional<Achievement> gain_of_step(const ReportSeries& one) {
    const bool holds = one.outcome == ReportOutcome::same ||
                       one.outcome == ReportOutcome::undecided ||
                       one.outcome == ReportOutcome::improved;
    if (!holds || one.found == nullptr || one.found->changes.empty() ||
        one.series->row.series.direction == measure::Direction::none) {
        return std::nullopt;
    }
    const LineChange& step = one.found->changes.back();
    const bool is_gain = !step.worse && step.counted && !step.explained && step.size &&
                         *step.size < 0 && step.standing == verdict::LevelStanding::better &&
                         step.state == statistics::PointState::confirmed;
    if (!is_gain) {
        return std::nullopt;
    }
    const std::vector<BranchRun>& runs = one.branch->analysis->analysis.lines.runs;
    return Achievement{.of = &one,
                       .before = step.before,
                       .after = step.after,
                       .gain = -*step.size,
                       .scale = step.scale,
                       .last_before = &runs[one.line->runs[step.index - 1]],
                       .first_after = &runs[one.line->runs[step.index]]};
}

} // namespace

std::vector<Achievement> achievements(std::span<const ReportSeries> series) {
    std::vector<Achievement> all;
    for (const ReportSeries& one : series) {
        auto gain = gain_of_newest(one);
        const auto step = gain_of_step(one);
        if (!gain) {
            gain = step;
        } else if (step) { // what the newest run has it has since then
            gain->last_before = step->last_before;
            gain->first_after = step->first_after;
        }
        if (gain) {
            all.push_back(*gain);
        }
    }
    std::ranges::stable_sort(all, [](const Achievement& a, const Achievement& b) {
        return verdict::weight_of(a.gain, a.scale) > verdict::weight_of(b.gain, b.scale);
    });
    return all;
}

} // namespace assay::tracking
