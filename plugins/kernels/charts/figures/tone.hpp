// Whether a change is for the worse: its colour and its sign, which are never told by colour alone.
//
//   Role red = role_of(Tone::worse);       sign_of(Tone::worse)   // "▲"
//
// Plain values.
#pragma once

#include "charts/role.hpp"

#include <cstdint>
#include <string_view>

namespace assay::charts {

enum class Tone : std::uint8_t { same, worse, better, undecided };

[[nodiscard]] constexpr Role role_of(Tone tone) noexcept {
    switch (tone) {
    case Tone::worse:
        return Role::bad;
    case Tone::better:
        return Role::good;
    case Tone::same:
    case Tone::undecided:
        return Role::neutral;
    }
    return Role::neutral;
}

// As the console has them for times: more is slower.
[[nodiscard]] constexpr std::string_view sign_of(Tone tone) noexcept {
    switch (tone) {
    case Tone::worse:
        return "\u25B2";
    case Tone::better:
        return "\u25BC";
    case Tone::same:
        return "=";
    case Tone::undecided:
        return "?";
    }
    return "";
}

} // namespace assay::charts
