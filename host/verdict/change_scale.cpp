#include "verdict/change_scale.hpp"

#include "support/percent.hpp"
#include "verdict/amount.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace assay::verdict {

std::string_view name_of(ChangeScale scale) noexcept {
    constexpr std::array<std::string_view, 3> kNames{"relative", "points", "logit"};
    return kNames.at(static_cast<std::size_t>(scale));
}

std::string size_text(double change, ChangeScale scale) {
    constexpr int kDigits = 3;
    return scale == ChangeScale::relative ? rounded_text(kPercent * change, kDigits) + " %"
           : scale == ChangeScale::points ? rounded_text(kPercent * change, kDigits) + " points"
                                          : fmt::format("{:.3g} in log odds", change);
}

double whole_of(std::string_view unit) noexcept {
    return unit == "%" ? kPercent : 1;
}

ChangeScale scale_of(std::string_view unit, std::span<const double> figures) noexcept {
    const double whole = whole_of(unit);
    const bool shares =
        (unit == "1" || unit == "%") && std::ranges::all_of(figures, [whole](double figure) {
            return figure >= 0 && figure <= whole;
        });
    return shares ? ChangeScale::points : ChangeScale::relative;
}

std::optional<double> relative_change(double x, double b, bool higher_is_better) noexcept {
    if (b == 0) {
        return x == 0 ? std::optional(0.0) : std::nullopt;
    }
    return (higher_is_better ? -1 : 1) * (x - b) / std::abs(b);
}

std::optional<double>
change_between(double b, double x, const SeriesKind& kind, ChangeScale scale) noexcept {
    const bool higher = kind.direction == measure::Direction::higher;
    switch (scale) {
    case ChangeScale::relative:
        return relative_change(x, b, higher);
    case ChangeScale::points:
        return (higher ? -1 : 1) * (x - b) / whole_of(kind.unit);
    case ChangeScale::logit:
        break;
    }
    return std::nullopt;
}

} // namespace assay::verdict
