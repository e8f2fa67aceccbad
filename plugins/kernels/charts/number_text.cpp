#include "charts/number_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace assay::charts {
namespace {

constexpr double kFarthest = 1e6; // pixels: beyond any picture, and short to write

std::string without_trailing_zeros(std::string text) {
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') {
            text.pop_back();
        }
    }
    return text;
}

} // namespace

std::string fixed(double value, int decimals) {
    if (!std::isfinite(value)) {
        return "\u2013";
    }
    std::array<char, 400> digits{};
    const auto end = std::to_chars(digits.data(),
                                   digits.data() + digits.size(),
                                   value,
                                   std::chars_format::fixed,
                                   std::clamp(decimals, 0, 30))
                         .ptr;
    std::string text(digits.data(), end);
    if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) {
        text.erase(0, 1);
    }
    return text;
}

std::string coordinate(double pixels) {
    const double held = std::isfinite(pixels) ? std::clamp(pixels, -kFarthest, kFarthest) : 0;
    return without_trailing_zeros(fixed(held, 1));
}

std::string short_number(double value, int significant) {
    if (!std::isfinite(value)) {
        return "\u2013";
    }
    std::array<char, 64> digits{};
    const auto end = std::to_chars(digits.data(),
                                   digits.data() + digits.size(),
                                   value,
                                   std::chars_format::scientific,
                                   significant - 1)
                         .ptr;
    double rounded = value;
    std::from_chars(digits.data(), end, rounded);
    const double magnitude = std::abs(rounded);
    if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e6)) {
        const std::string text(digits.data(), end);
        const std::size_t mark = text.find('e');
        int exponent = 0;
        const bool has_plus = text[mark + 1] == '+';
        std::from_chars(
            text.data() + mark + (has_plus ? 2 : 1), text.data() + text.size(), exponent);
        return without_trailing_zeros(text.substr(0, mark)) + "e" + std::to_string(exponent);
    }
    const int before = magnitude < 1 ? 0 : static_cast<int>(std::floor(std::log10(magnitude))) + 1;
    const int leading = magnitude == 0 || magnitude >= 1
                            ? 0
                            : -static_cast<int>(std::floor(std::log10(magnitude))) - 1;
    return without_trailing_zeros(fixed(rounded, std::max(0, significant - before + leading)));
}

} // namespace assay::charts
