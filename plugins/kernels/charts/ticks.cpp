#include "charts/ticks.hpp"

#include "charts/number_text.hpp"
#include "charts/unit_scale.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay::charts {
namespace {

constexpr std::size_t kTicksMax = 200; // more are never asked for in a picture
constexpr int kDecimalsMax = 9;

// 1, 2 or 5 times a power of ten, not below `least`.
double nice_step(double least) {
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= least * (1 - 1e-9)) {
            return factor * power;
        }
    }
    return 10 * power;
}

int decimals_of(double step) {
    return std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
}

std::string number_of(double value, double step, double largest) {
    if (value == 0) {
        return "0";
    }
    const int decimals = decimals_of(step);
    if (decimals > kDecimalsMax || largest >= 1e9) {
        const double digits = std::log10(std::max(largest / step, 1.0)) + 1.5;
        return short_number(value, std::clamp(static_cast<int>(digits), 1, 15));
    }
    return fixed(value, decimals);
}

std::string signed_text(const std::string& text, double value) {
    return value > 0 ? "+" + text : text;
}

Tick decade_tick(double at, std::string_view unit) {
    return {at, value_text(at, unit, 3), {}};
}

// Powers of `base` within the range, every `stride`-th.
std::vector<double> powers(Range range, double base, std::size_t count) {
    const double scale = std::log(base);
    const auto first = static_cast<long>(std::ceil(std::log(range.low) / scale - 1e-9));
    const auto last = static_cast<long>(std::floor(std::log(range.high) / scale + 1e-9));
    std::vector<double> at;
    if (last < first) {
        return at;
    }
    const long all = last - first + 1;
    const long stride =
        std::max(1L, (all + static_cast<long>(count) - 1) / static_cast<long>(count));
    for (long exponent = first; exponent <= last; ++exponent) {
        if (exponent % stride == 0) {
            at.push_back(std::pow(base, static_cast<double>(exponent)));
        }
    }
    return at;
}

std::vector<double> between_decades(Range range, std::initializer_list<double> factors) {
    std::vector<double> at;
    double decade = std::pow(10, std::floor(std::log10(range.low)));
    for (std::size_t i = 0; decade <= range.high && i < kTicksMax; ++i, decade *= 10) {
        for (const double factor : factors) {
            if (const double value = factor * decade;
                value >= range.low * (1 - 1e-9) && value <= range.high * (1 + 1e-9)) {
                at.push_back(value);
            }
        }
    }
    return at;
}

std::vector<double> log_places(Range range, std::size_t count, std::string_view unit) {
    if (unit == "By") {
        return powers(range, 2, count);
    }
    std::vector<double> chosen = powers(range, 10, count);
    for (const auto& factors : {std::initializer_list<double>{1, 3},
                                std::initializer_list<double>{1, 2, 5},
                                std::initializer_list<double>{1, 2, 3, 4, 5, 6, 7, 8, 9}}) {
        if (range.high / range.low < 1e6) {
            auto more = between_decades(range, factors);
            if (more.size() > chosen.size() && more.size() <= count) {
                chosen = std::move(more);
            }
        }
    }
    return chosen;
}

} // namespace

Ticks linear_ticks(Range range, std::size_t count, std::string_view unit, bool is_signed) {
    const double largest = std::max(std::abs(range.low), std::abs(range.high));
    const UnitScale scale = unit_scale(largest, unit);
    Ticks ticks{{}, scale.title};
    const double low = range.low / scale.factor;
    const double high = range.high / scale.factor;
    const auto wanted = static_cast<double>(std::clamp<std::size_t>(count, 1, kTicksMax));
    if (!std::isfinite(high - low) || !(high > low)) {
        return ticks;
    }
    const double step = nice_step((high - low) / wanted);
    const double first = std::ceil(low / step - 1e-9);
    for (std::size_t i = 0; i < kTicksMax; ++i) {
        const double value = (first + static_cast<double>(i)) * step;
        if (value > high + step * 1e-9) {
            break;
        }
        const double shown = std::abs(value) < step * 1e-6 ? 0 : value;
        std::string text = number_of(shown, step, largest / scale.factor);
        text = is_signed ? signed_text(text, shown) : text;
        const bool has_prefix = shown != 0 || scale.prefix.starts_with(' ');
        ticks.marks.push_back({shown * scale.factor, text + (has_prefix ? scale.prefix : ""), {}});
    }
    return ticks;
}

Ticks log_ticks(Range range, std::size_t count, std::string_view unit) {
    if (!(range.low > 0) || !(range.high > range.low)) {
        return {};
    }
    const std::vector<double> places = log_places(range, std::max<std::size_t>(count, 1), unit);
    if (places.size() < 2) {
        return linear_ticks(range, count, unit);
    }
    Ticks ticks;
    for (const double at : places) {
        ticks.marks.push_back(decade_tick(at, unit));
    }
    return ticks;
}

} // namespace assay::charts
