#include "tracking/line_findings.hpp"

#include "statistics/fence.hpp"
#include "statistics/outliers.hpp"
#include "statistics/summary.hpp"
#include "verdict/stored_series.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace assay::tracking {
namespace {

using measure::Direction;
using statistics::ChangePoint;
using statistics::Detector;
using verdict::ChangeScale;

// Below these the tests of section 8.7 and 9.2 err too often to be told.
constexpr std::size_t kOutlierValuesMin = 10;
constexpr std::size_t kSpreadValuesMin = 15;
constexpr std::size_t kSpreadNewest = 10;
constexpr double kSpreadP = 0.001;
constexpr double kSpreadRatio = 2;

ChangeScale scale_of(const SeriesLine& line) {
    return verdict::scale_of(line.kind.unit, line.values);
}

statistics::DetectOptions searched_with(const SeriesLine& line, const LineSearch& search) {
    if (search.detector != Detector::assay) {
        // The others as they are known, their defects included.
        statistics::DetectOptions known;
        const std::size_t n = line.values.size();
        if (search.detector == Detector::threshold && n > 1) {
            known.baseline = statistics::median(std::span(line.values).first(n - 1));
        }
        return known;
    }
    statistics::DetectOptions options = verdict::detect_options(line.kind);
    options.segment_min = search.early ? 2 : options.segment_min;
    return options;
}

// How much runs of one level change anyway, on the scale. `share`: of a run that each counts for.
std::optional<double> fence_of_level(std::span<const double> level,
                                     const verdict::SeriesKind& kind,
                                     ChangeScale scale,
                                     double share) {
    const double unit = scale == ChangeScale::points ? verdict::whole_of(kind.unit) : 1;
    if (const auto fence = verdict::fence_of(level, scale)) {
        return *fence / unit;
    }
    const double visible = statistics::smallest_visible_change(level, {.effective_share = share});
    if (!std::isfinite(visible)) {
        return std::nullopt;
    }
    const double center = std::abs(statistics::median(level));
    return scale == ChangeScale::points ? visible * center / unit : visible;
}

LineChange described(const SeriesLine& line,
                     const ChangePoint& point,
                     const verdict::Level& level,
                     const verdict::Level& before,
                     double share) {
    const Direction direction = line.kind.direction;
    const ChangeScale scale = scale_of(line);
    LineChange change{
        .index = point.index,
        .p = std::isfinite(point.p) ? std::optional(point.p) : std::nullopt,
        .before = point.median_before,
        .after = point.median_after,
        .mean_before = point.mean_before,
        .mean_after = point.mean_after,
        .n_before = point.index - before.first,
        .n_after = line.values.size() - point.index,
        .state = point.state,
        .size = verdict::change_between(point.median_before, point.median_after, line.kind, scale),
        .scale = scale,
        .standing = level.standing};
    change.fence =
        line.kind.exact
            ? std::optional(0.0)
            : fence_of_level(
                  std::span(line.values).subspan(before.first, before.end - before.first),
                  line.kind,
                  scale,
                  share);
    const double up = point.median_after - point.median_before;
    change.worse =
        direction != Direction::none && (direction == Direction::higher ? up < 0 : up > 0);
    if (change.worse && change.size) {
        change.severity =
            verdict::weigh_change(*change.size, change.fence, verdict::default_limits(scale));
    }
    return change;
}

std::vector<std::size_t> outliers_of(const SeriesLine& line,
                                     const std::vector<verdict::Level>& levels) {
    std::vector<std::size_t> found;
    for (const verdict::Level& level : levels) {
        const auto values = std::span(line.values).subspan(level.first, level.end - level.first);
        if (line.kind.exact || values.size() < kOutlierValuesMin) {
            continue;
        }
        for (const std::size_t i : statistics::find_outliers(values).indices) {
            found.push_back(level.first + i);
        }
    }
    return found;
}

// Of a line without a step that is too short for more than one outlier to be looked for: the newest
// value is far from the others, by the same test and more strictly. It is told, and marks nothing.
bool is_newest_apart(const SeriesLine& line, const std::vector<LineChange>& changes) {
    constexpr std::size_t kValuesMin = 7, kValuesMost = 20;
    constexpr double kAlpha = 0.01;
    if (line.kind.exact || !changes.empty() || line.values.size() < kValuesMin ||
        line.values.size() >= kValuesMost) {
        return false;
    }
    const auto apart =
        statistics::find_outliers(line.values, {.alpha = kAlpha, .outliers_max = 2}).indices;
    return !apart.empty() && apart.back() + 1 == line.values.size();
}

LineDrift drift_of(const SeriesLine& line, const statistics::DriftSpan& span) {
    const auto values = std::span(line.values).subspan(span.first, span.end - span.first);
    const double middle = static_cast<double>(values.size() - 1) / 2;
    std::vector<double> level; // the values without the slope
    for (std::size_t i = 0; i < values.size(); ++i) {
        level.push_back(values[i] - span.slope * (static_cast<double>(i) - middle));
    }
    const double center = statistics::median(level);
    LineDrift drift{.first = span.first,
                    .end = span.end,
                    .from = center - span.slope * middle,
                    .to = center + span.slope * middle,
                    .p = span.p,
                    .scale = scale_of(line)};
    if (drift.scale == ChangeScale::points) {
        drift.change =
            *verdict::change_between(drift.from, drift.to, line.kind, ChangeScale::points);
        return drift;
    }
    // A line that comes from beyond zero says nothing of where the values were.
    const double of = drift.from * center > 0 ? drift.from : center;
    if (of != 0) {
        const double climb = (drift.to - drift.from) / std::abs(of);
        drift.change = line.kind.direction == Direction::higher ? -climb : climb;
    }
    return drift;
}

std::optional<statistics::SpreadChange> spread_of(const SeriesLine& line,
                                                  const verdict::Level& last) {
    const std::size_t n = last.end - last.first;
    if (line.kind.exact || n < kSpreadValuesMin) {
        return std::nullopt;
    }
    const std::size_t newest = std::min(kSpreadNewest, n / 3);
    const auto values = std::span(line.values).subspan(last.first, n);
    const auto said = statistics::compare_spread(values.first(n - newest), values.last(newest));
    return said.ratio >= kSpreadRatio && said.p < kSpreadP ? std::optional(said) : std::nullopt;
}

} // namespace

std::size_t fewest_values(const LineSearch& search, bool exact) noexcept {
    const std::size_t level = search.early ? 2 : 3;
    return exact || search.detector != Detector::assay ? 2 : 2 * level;
}

LineFindings findings_of(const SeriesLine& line, const LineSearch& search) {
    LineFindings findings;
    if (line.values.size() < fewest_values(search, line.kind.exact)) {
        return findings;
    }
    const statistics::Detection found =
        statistics::detect(line.values, search.detector, searched_with(line, search));
    const auto levels = verdict::walk_levels(
        line.values,
        found.points,
        {.direction = line.kind.direction, .exact = line.kind.exact, .expected = search.expected});
    for (std::size_t i = 0; i < found.points.size(); ++i) {
        findings.changes.push_back(described(
            line, found.points[i], levels[i + 1], levels[i], found.roughness.effective_share()));
        findings.changes.back().over = verdict::is_over(levels, i + 1);
    }
    for (const statistics::DriftSpan& span : found.drifts) {
        findings.drifts.push_back(drift_of(line, span));
    }
    findings.outliers = outliers_of(line, levels);
    findings.newest_apart = is_newest_apart(line, findings.changes);
    findings.spread = spread_of(line, levels.back());
    return findings;
}

} // namespace assay::tracking
