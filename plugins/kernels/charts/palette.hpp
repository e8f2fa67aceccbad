// The colours of the roles, on a light and on a dark ground.
//
//   Colour red = colour_of(Role::bad, Ground::light);   // #b3261e
//
// Roles are as the style guide has them; series are those of Okabe and Ito, darkened on light
// ground until each has a contrast of 3 to 1, so that they stay apart for colour-blind eyes. Pure.
#pragma once

#include "charts/role.hpp"

#include <cstdint>
#include <string>

namespace assay::charts {

enum class Ground : std::uint8_t { light, dark };

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;

    friend bool operator==(const Colour&, const Colour&) = default;
};

// How much of a tinted area covers what is behind it.
inline constexpr double kTintOpacity = 0.22;

[[nodiscard]] Colour colour_of(Role role, Ground ground) noexcept;

[[nodiscard]] std::string hex_text(Colour colour); // "#b3261e"

// As WCAG 2 defines it, from 1 (the same) to 21 (black on white).
[[nodiscard]] double contrast(Colour one, Colour other) noexcept;

} // namespace assay::charts
