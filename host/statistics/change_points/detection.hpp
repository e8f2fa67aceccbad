// Change points of a series, by the project's own detector or by one that other tools made known.
//
//   const Detection found = detect(values, Detector::assay);
//   for (const ChangePoint& point : found.points) { ... values[point.index] is the first after it }
//
// `assay`: the frame of Hunter around E-divisive, a test that single spikes and autocorrelation do
// not fool, and points of a climb told as drift. The result is a pure function of the series:
// recompute all of it at every run. Values that are not finite are left out, never filled in; every
// index refers to the values as given.
// Pure functions; any thread.
#pragma once

#include "statistics/change_points/drift.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace assay::statistics {

enum class Detector {
    assay,      // the default
    hunter,     // finds what Apache Otava finds, with its defects
    edivisive,  // Matteson & James with permutations, over the whole series
    weighted_t, // Perfherder
    iqr_fence,  // the newest change against earlier ones, as rustc-perf
    zscore,     // the newest value against the last 100 of its segment, as conbench
    threshold,  // the newest value against a baseline
};

inline constexpr Detector kDetectors[] = {Detector::assay,
                                          Detector::hunter,
                                          Detector::edivisive,
                                          Detector::weighted_t,
                                          Detector::iqr_fence,
                                          Detector::zscore,
                                          Detector::threshold};

[[nodiscard]] std::string_view name_of(Detector detector) noexcept; // "weighted-t"
[[nodiscard]] std::optional<Detector> detector_from(std::string_view name) noexcept;

struct DetectOptions {
    // assay, hunter, edivisive
    double p_max = 0.001;
    std::size_t window = 50;
    double min_magnitude = 0;    // relative change of the mean that a point must exceed
    std::size_t segment_min = 3; // 2 for early warning
    double effect_min = 1;       // in pooled standard deviations
    double floor = 0.01;         // relative climb of the last segment that is a drift
    bool exact = false;          // assay: every difference is a change, no statistics
    std::uint32_t permutations = 199;
    std::uint64_t seed = 1;
    // every detector
    std::size_t confirm_min = 5; // points from a change on that make it confirmed
    // threshold
    double baseline = std::numeric_limits<double>::quiet_NaN();
    double limit = 0.2; // relative; more than it is a change
};

enum class PointState { candidate, confirmed };
enum class ChangeKind { step, drift };

struct ChangePoint {
    std::size_t index = 0;                               // first point of the new regime
    double p = std::numeric_limits<double>::quiet_NaN(); // NaN for detectors without one
    // Of the whole segments beside it.
    double mean_before = 0, mean_after = 0;
    double median_before = 0, median_after = 0;
    PointState state = PointState::candidate;
    static constexpr ChangeKind kind = ChangeKind::step;
};

struct DriftSpan {
    std::size_t first = 0, end = 0; // [first, end)
    double slope = 0;               // per point
    double p = 1;
    static constexpr ChangeKind kind = ChangeKind::drift;
};

struct Detection {
    std::vector<ChangePoint> points; // ascending
    std::vector<DriftSpan> drifts;   // ascending; `assay` alone finds any
    Roughness roughness;             // `assay` alone measures it
};

[[nodiscard]] Detection
detect(std::span<const double> series, Detector detector, const DetectOptions& options = {});

} // namespace assay::statistics
