// What a colour means in a chart. Charts name roles; the outputs know which colour that is on a
// light and on a dark ground (palette.hpp).
//
//   Line line{.name = "linux-x86_64", .role = series_role(1)};
//
// Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace assay::charts {

enum class Role : std::uint8_t {
    surface, // the ground
    text,
    dim,     // ticks, notes
    grid,    // lines behind the data
    neutral, // data that is neither good nor bad
    noise,   // what cannot be told from chance
    bad,
    good,
    accent, // the one series, the first of several
    series_1,
    series_2,
    series_3,
    series_4,
    series_5,
    series_6,
    series_7,
    ramp_0, // of a heat map, from little to much
    ramp_1,
    ramp_2,
    ramp_3,
    ramp_4,
    ramp_5,
    ramp_6,
    ramp_7
};

inline constexpr std::size_t kRoles = 24;
inline constexpr std::size_t kSeriesRoles = 8;
inline constexpr std::size_t kRampRoles = 8;

// The word in class names: "accent", "series-1", "ramp-0".
[[nodiscard]] std::string_view role_name(Role role) noexcept;

// accent, series_1, ... for the series of an overlay; they repeat after eight.
[[nodiscard]] constexpr Role series_role(std::size_t index) noexcept {
    return static_cast<Role>(static_cast<std::size_t>(Role::accent) + index % kSeriesRoles);
}

// share: 0 is the least, 1 the most.
[[nodiscard]] constexpr Role ramp_role(double share) noexcept {
    const double step = share * static_cast<double>(kRampRoles);
    const auto index = step < 1 ? 0 : static_cast<std::size_t>(step < 8 ? step : 7);
    return static_cast<Role>(static_cast<std::size_t>(Role::ramp_0) + index);
}

} // namespace assay::charts
