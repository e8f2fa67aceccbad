#include "charts/palette.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay::charts {
namespace {

struct Entry {
    std::string_view name;
    std::uint32_t light, dark;
};

// In the order of Role.
constexpr std::array<Entry, kRoles> kEntries{{
    {"surface", 0xffffff, 0x14171c},  {"text", 0x1c2128, 0xe6e9ee},
    {"dim", 0x57606a, 0xa2abb6},      {"grid", 0xd9dee4, 0x343b45},
    {"neutral", 0x57606a, 0xa2abb6},  {"noise", 0x8c959f, 0x8c959f},
    {"bad", 0xb3261e, 0xff8a80},      {"good", 0x0b6e4f, 0x56d4a5},
    {"accent", 0x0b5cad, 0x6cb6ff},   {"series-1", 0xb35c00, 0xe69f00},
    {"series-2", 0x00806a, 0x2fc49a}, {"series-3", 0xa3377e, 0xe79ac6},
    {"series-4", 0x2a8ac2, 0x9ad4f5}, {"series-5", 0x7a6a00, 0xf0e442},
    {"series-6", 0x5a6472, 0xb8c0ca}, {"series-7", 0xc8452c, 0xff9a76},
    {"ramp-0", 0xeaf2fb, 0x18222e},   {"ramp-1", 0xcfe1f4, 0x1d3145},
    {"ramp-2", 0xaecbea, 0x22425f},   {"ramp-3", 0x86b1de, 0x29557c},
    {"ramp-4", 0x4a86c5, 0x356c9c},   {"ramp-5", 0x2468a9, 0x6da5d6},
    {"ramp-6", 0x134d87, 0x8fbfe8},   {"ramp-7", 0x0a3561, 0xb9daf6},
}};

const Entry& entry_of(Role role) noexcept {
    return kEntries[std::min(static_cast<std::size_t>(role), kRoles - 1)];
}

double linear_light(std::uint8_t channel) noexcept {
    const double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) noexcept {
    return 0.2126 * linear_light(colour.red) + 0.7152 * linear_light(colour.green) +
           0.0722 * linear_light(colour.blue);
}

} // namespace

std::string_view role_name(Role role) noexcept {
    return entry_of(role).name;
}

Colour colour_of(Role role, Ground ground) noexcept {
    const std::uint32_t code = ground == Ground::light ? entry_of(role).light : entry_of(role).dark;
    return {static_cast<std::uint8_t>(code >> 16U),
            static_cast<std::uint8_t>(code >> 8U & 0xFFU),
            static_cast<std::uint8_t>(code & 0xFFU)};
}

std::string hex_text(Colour colour) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text = "#";
    for (const unsigned channel : {colour.red, colour.green, colour.blue}) {
        text += kDigits[channel >> 4U];
        text += kDigits[channel & 0xFU];
    }
    return text;
}

double contrast(Colour one, Colour other) noexcept {
    const auto [less, more] = std::minmax({luminance(one), luminance(other)});
    return (more + 0.05) / (less + 0.05);
}

} // namespace assay::charts
