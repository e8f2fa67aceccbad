// How bad a regression is: its size, weighed against how much the series moves anyway.
//
//   Severity severity = weigh_change(0.22, 0.02, {});   // moderate, and not weak
//
// For display and routing: the exit code comes from the limits of a rule. Section 6.3 of the
// specification of tracking. Pure; any thread.
#pragma once

#include "verdict/change_scale.hpp"

#include <optional>
#include <string_view>

namespace assay::verdict {

enum class SeverityClass { minor, moderate, severe };

std::string_view name_of(SeverityClass severity) noexcept;

// As shares, or percentage points / 100.
struct SeverityLimits {
    double warn = 0.10, fail = 0.20, severe = 0.25;
};

// 10, 20, 25 %; of points 2, 5, 10.
[[nodiscard]] SeverityLimits default_limits(ChangeScale scale) noexcept;

// To hold changes of either scale against each other: beyond 1 a gate fails by default.
[[nodiscard]] double weight_of(double change, ChangeScale scale) noexcept;

struct Severity {
    SeverityClass size = SeverityClass::minor;
    bool weak = false; // hardly more than the series moves from run to run
};

// "More than" a limit: a change of exactly the limit is not beyond it.
[[nodiscard]] bool is_beyond(double change, double limit) noexcept;

// `change` > 0. `fence`: nothing where it is not known, 0 of exact figures: then size alone counts.
[[nodiscard]] Severity
weigh_change(double change, std::optional<double> fence, const SeverityLimits& limits) noexcept;

} // namespace assay::verdict
