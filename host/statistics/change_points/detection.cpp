#include "statistics/change_points/detection.hpp"

#include "statistics/change_points/e_divisive.hpp"
#include "statistics/change_points/newest_value.hpp"
#include "statistics/change_points/weighted_t.hpp"
#include "statistics/summary.hpp"

#include <algorithm>
#include <cmath>

namespace assay::statistics {
namespace {

// Pooled standard deviations of a level that is looked for between two that are alike, and as many
// values as confirm it: it may lie in so many places that chance would make one of less somewhere.
constexpr double kPassingEffect = 5;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// What a detector says before segments are described.
struct Found {
    std::vector<FoundStep> steps;
    std::vector<Drift> drifts;
    Roughness roughness;
};

FoundStep step_at(std::size_t index, double p) {
    return {index, {.p = p}};
}

Found every_difference(std::span<const double> series) {
    Found found;
    for (std::size_t i = 1; i < series.size(); ++i) {
        if (series[i] != series[i - 1]) {
            found.steps.push_back(step_at(i, 0));
        }
    }
    return found;
}

Found by_assay(std::span<const double> series, const DetectOptions& options) {
    if (options.exact) {
        return every_difference(series);
    }
    const Roughness rough = roughness(series);
    RobustStepOptions asked{.segment_min = options.segment_min,
                            .effect_min = options.effect_min,
                            .effective_share = rough.effective_share()};
    const RobustStepTest test(asked);
    asked.effect_min = std::max(asked.effect_min, kPassingEffect);
    asked.segment_min = std::max(asked.segment_min, options.confirm_min);
    const RobustStepTest passing(asked);
    const FrameOptions frame{.window = options.window,
                             .p_max = options.p_max,
                             .min_magnitude = options.min_magnitude,
                             .passing_level = &passing};
    StepsAndDrifts all =
        separate_drift(series, find_steps(series, test, frame), rough, options.floor);
    return {std::move(all.steps), std::move(all.drifts), rough};
}

Found by_hunter(std::span<const double> series, const DetectOptions& options) {
    const FrameOptions frame{
        options.window, options.p_max, options.min_magnitude, MergeRule::right_neighbour};
    return {find_steps(series, PooledStepTest(), frame), {}, {}};
}

Found by_permutation(std::span<const double> series, const DetectOptions& options) {
    Found found;
    for (const DividedPoint& point :
         divide_by_permutation(series, {options.p_max, options.permutations, options.seed})) {
        found.steps.push_back(step_at(point.index, point.p));
    }
    return found;
}

Found by_weighted_t(std::span<const double> series) {
    Found found;
    for (const WeightedTPeak& peak : weighted_t_peaks(series)) {
        found.steps.push_back(step_at(peak.index, kNaN));
    }
    return found;
}

// `says_so(segment, newest)` judges the newest value against what is left of the others behind
// their last change point.
template <class Judge>
Found of_newest(std::span<const double> series,
                const DetectOptions& options,
                const Judge& says_so) {
    Found found;
    if (series.size() < 2) {
        return found;
    }
    const auto earlier = series.first(series.size() - 1);
    const Found before = by_assay(earlier, options);
    const std::size_t first = before.steps.empty() ? 0 : before.steps.back().index;
    if (says_so(earlier.subspan(first), series.back())) {
        found.steps.push_back(step_at(earlier.size(), kNaN));
    }
    return found;
}

Found find(std::span<const double> series, Detector detector, const DetectOptions& options) {
    switch (detector) {
    case Detector::assay:
        return by_assay(series, options);
    case Detector::hunter:
        return by_hunter(series, options);
    case Detector::edivisive:
        return by_permutation(series, options);
    case Detector::weighted_t:
        return by_weighted_t(series);
    case Detector::iqr_fence:
        return of_newest(series, options, beyond_fence);
    case Detector::zscore:
        return of_newest(series, options, beyond_z_score);
    case Detector::threshold:
        break;
    }
    Found found;
    if (!series.empty() && beyond_threshold(options.baseline, series.back(), options.limit)) {
        found.steps.push_back(step_at(series.size() - 1, kNaN));
    }
    return found;
}

// The values that are finite, and where each stood.
struct FiniteValues {
    std::vector<double> values;
    std::vector<std::size_t> places;
};

FiniteValues finite_of(std::span<const double> series) {
    FiniteValues finite;
    for (std::size_t i = 0; i < series.size(); ++i) {
        if (std::isfinite(series[i])) {
            finite.values.push_back(series[i]);
            finite.places.push_back(i);
        }
    }
    return finite;
}

std::vector<ChangePoint> describe(std::span<const double> values,
                                  std::span<const FoundStep> steps,
                                  std::size_t confirm_min) {
    std::vector<ChangePoint> points;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::size_t at = steps[i].index;
        const std::size_t first = i == 0 ? 0 : steps[i - 1].index;
        const std::size_t end = i + 1 < steps.size() ? steps[i + 1].index : values.size();
        const auto before = values.subspan(first, at - first);
        const auto after = values.subspan(at, end - at);
        points.push_back(
            {at,
             steps[i].comparison.p,
             mean(before),
             mean(after),
             median(before),
             median(after),
             values.size() - at < confirm_min ? PointState::candidate : PointState::confirmed});
    }
    return points;
}

} // namespace

std::string_view name_of(Detector detector) noexcept {
    switch (detector) {
    case Detector::assay:
        return "assay";
    case Detector::hunter:
        return "hunter";
    case Detector::edivisive:
        return "edivisive";
    case Detector::weighted_t:
        return "weighted-t";
    case Detector::iqr_fence:
        return "iqr-fence";
    case Detector::zscore:
        return "zscore";
    case Detector::threshold:
        break;
    }
    return "threshold";
}

std::optional<Detector> detector_from(std::string_view name) noexcept {
    for (const Detector detector : kDetectors) {
        if (name_of(detector) == name) {
            return detector;
        }
    }
    return std::nullopt;
}

Detection detect(std::span<const double> series, Detector detector, const DetectOptions& options) {
    const FiniteValues finite = finite_of(series);
    const Found found = find(finite.values, detector, options);
    Detection detection;
    detection.roughness = found.roughness;
    detection.points = describe(finite.values, found.steps, options.confirm_min);
    for (ChangePoint& point : detection.points) {
        point.index = finite.places[point.index];
    }
    for (const Drift& drift : found.drifts) {
        detection.drifts.push_back({finite.places[drift.span.first],
                                    finite.places[drift.span.end - 1] + 1,
                                    drift.slope,
                                    drift.p});
    }
    return detection;
}

} // namespace assay::statistics
