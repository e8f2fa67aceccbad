// Whether a whole run moved at once, and whether the machine is to blame for it.
//
//   EnvironmentShift shift = find_shift(series, {.earlier = seconds, .now = 0.0131});
//   if (shift.cause == ShiftCause::machine) hold_against(x / exp(shift.size));
//
// In the field 21 "regressions" came from paths that nobody had touched, in one such shift. Only
// what moved in one and the same run counts: four regressions of four commits are no machine, even
// where every second series has one. Section 6.4 of the specification of tracking. Pure; any
// thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::verdict {

// A series that can move with the machine: not an exact one, not a share, with a direction.
struct MovingSeries {
    std::string family = {}; // suite and family: neighbours that share code may move together
    double change = 0;       // ln(x / center), positive = worse
    double usual = 0;        // beyond it a change is more than runs differ
    // The run since which it stands there; empty: this one. Nothing: it was never seen elsewhere.
    std::optional<std::string> since = std::string();
};

// The host's fixed kernel of arithmetic and memory, in seconds. No `now`, or too few earlier ones
// to know how much it varies: not recorded.
struct Calibration {
    std::vector<double> earlier = {};
    std::optional<double> now = {};
};

enum class ShiftCause {
    none,
    machine, // the kernel moved with the series, or nothing is known of it
    common,  // the kernel stood still: the machine is innocent, a library or a compiler is not
};

std::string_view name_of(ShiftCause cause) noexcept;

struct EnvironmentShift {
    ShiftCause cause = ShiftCause::none;
    double size = 0; // the median change, positive = worse; 0 where there is no shift
    std::size_t beyond = 0, series = 0; // beyond: to one side, since the same run
    std::string reason = {};
};

inline constexpr std::size_t kShiftSeriesMin = 8, kShiftFamiliesMin = 2;

[[nodiscard]] EnvironmentShift find_shift(std::span<const MovingSeries> series,
                                          const Calibration& calibration);

// What `MovingSeries::usual` is of a series whose change has this standard error: two of them.
[[nodiscard]] double usual_change(double prediction) noexcept;

} // namespace assay::verdict
