// How the size of a change is told: of times and bytes as a share of what was, of shares (hit
// rates, recalls) in percentage points.
//
//   scale_of("1", figures)                              // points, where all lie within 0 to 1
//   change_between(0.899, 0.844, kind, ChangeScale::points)   // 0.055, worse where more is better
//
// 90 % to 85 % is 5 points, whether the rate is called a hit rate (5.6 % less) or a miss rate (half
// as much again). Section 6.2 of the specification of tracking. Pure; any thread.
#pragma once

#include "verdict/stored_point.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay::verdict {

// `points` are given as shares: 0.05 is five percentage points.
enum class ChangeScale {
    relative, // (x - b) / |b|
    points,   // x - b, of shares
    logit,    // ln(p / (1 - p)) of x less that of b: small shares and shares near all alike
};

std::string_view name_of(ChangeScale scale) noexcept;

// The size of a change for people: "4.1 %", "2 points", "0.3 in log odds".
[[nodiscard]] std::string size_text(double change, ChangeScale scale);

// What a whole is in this unit: 100 in "%", else 1.
[[nodiscard]] double whole_of(std::string_view unit) noexcept;

// Points of a unit of shares ("1", "%") with every figure between none and a whole, else relative.
[[nodiscard]] ChangeScale scale_of(std::string_view unit, std::span<const double> figures) noexcept;

// (x - b) / |b|, turned so that positive is worse. Nothing where b is 0 and x is not.
[[nodiscard]] std::optional<double>
relative_change(double x, double b, bool higher_is_better) noexcept;

// From `b` to `x`, relative or in points; positive is worse, without a direction more. Nothing
// where there is none: a share of nothing, or log odds, which need the number of trials.
[[nodiscard]] std::optional<double>
change_between(double b, double x, const SeriesKind& kind, ChangeScale scale) noexcept;

} // namespace assay::verdict
