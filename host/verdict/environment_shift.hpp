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
    // Its case, of which only the first series that is given counts: the CPU time of a case says
    // nothing that its time does not. Empty: a witness of its own.
    std::string witness = {};
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
    std::size_t beyond = 0, series = 0; // witnesses; beyond: to one side, since the same run, alike
    std::string reason = {};
};

inline constexpr std::size_t kShiftSeriesMin = 8, kShiftFamiliesMin = 2;

// A machine has one factor for all, or nearly: arithmetic and memory differ somewhat. A witness
// agrees with the others where its change lies within this factor of their median, or no further
// from it than runs differ. Of those that moved to that side since that run three quarters must
// agree, else there is no common factor: changes of 3 to 30 % have causes of their own. Of twenty
// (eight) cases that each moved by an amount of its own in that range 1 % (12 %) are still called a
// shift; of a machine whose factor differs by 15 % from case to case 97 % (94 %) are named.
inline constexpr double kAlikeFactor = 1.3, kAlikeShare = 0.75;

// The first series of every witness.
[[nodiscard]] std::vector<MovingSeries> witnesses_of(std::span<const MovingSeries> series);

[[nodiscard]] EnvironmentShift find_shift(std::span<const MovingSeries> series,
                                          const Calibration& calibration);

// What `MovingSeries::usual` is of a series whose change has this standard error: two of them.
[[nodiscard]] double usual_change(double prediction) noexcept;

} // namespace assay::verdict
