// What one recorded run says of a series, as plain values: what the history keeps of a point, as
// far as statements about it need it.
//
//   StoredPoint point{.run = "0192...", .figure = 1.2e-6};
//   point.outlier = true;
//   counts(point);   // false: no baseline rests on it
//
// Plain values; any thread.
#pragma once

#include "measure/description.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace assay::verdict {

struct StoredPoint {
    std::string run;                   // its uuid
    std::optional<double> figure = {}; // nothing: failed, skipped or missing; never 0 for that
    // Flags of the history:
    bool outlier = false, environment_shift = false, excluded = false, drift = false;
    bool dirty = false;         // measured from a working tree that is no commit
    bool opens_segment = false; // an accepted change point lies between it and the one before
    bool set_aside = false;     // of a level that is worse or not confirmed, and nobody accepted
    bool drifts_worse = false;  // the newest of a trend to the worse that goes on
    std::optional<std::int64_t> time = {}; // nanoseconds UTC since 1970
    std::string sha = {}, tag = {};        // empty: not known, none
    std::string compiler = {};             // of the plugin: "gcc 12.2.0"; empty: not known
};

// Whether a baseline may rest on it: a finite figure of a committed state that nothing is said
// against.
[[nodiscard]] bool counts(const StoredPoint& point) noexcept;

// What figures are of: neither ever changes within a series.
struct SeriesKind {
    std::string unit;
    measure::Direction direction = measure::Direction::none;
    bool exact = false; // the same figure for the same work (ASSAY_METRIC_EXACT)
};

} // namespace assay::verdict
