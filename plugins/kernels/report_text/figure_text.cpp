#include "report_text/figure_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace report_text {
namespace {

constexpr int kSignificant = 4;
constexpr double kWholeMax = 10'000; // counts below this are shown to the last one
constexpr double kSmallest = 1e-3;   // below this: powers of ten
constexpr double kMost = 1e6;        // beside a limit of another order
constexpr double kExactMax = 1e15;   // whole numbers above it are not all doubles' own

struct Step {
    double factor;
    std::string_view prefix;
};

std::string scientific(double value, int decimals) {
    std::array<char, 64> digits{};
    const auto end = std::to_chars(digits.data(),
                                   digits.data() + digits.size(),
                                   value,
                                   std::chars_format::scientific,
                                   decimals)
                         .ptr;
    return std::string(digits.data(), end);
}

// The value as four significant digits say it: 999.96 is shown as 1000, and scaled as that.
double rounded(double value) {
    const std::string text = scientific(value, kSignificant - 1);
    double result = value;
    std::from_chars(text.data(), text.data() + text.size(), result);
    return result;
}

// The largest step that the value reaches; the first one when it reaches none.
template <std::size_t N>
Step step_for(double value, const std::array<Step, N>& steps) {
    Step chosen = steps.front();
    for (const Step& step : steps) {
        if (std::abs(rounded(value / step.factor)) >= 1) {
            chosen = step;
        }
    }
    return chosen;
}

Scale time_scale(double seconds, FigureStyle style) {
    static constexpr std::array<Step, 4> kSteps{
        {{1e-9, "ns"}, {1e-6, "us"}, {1e-3, "ms"}, {1, "s"}}};
    const Step step = step_for(seconds, kSteps);
    const bool micro = step.prefix == "us" && style.unicode;
    return {step.factor, micro ? "\u00B5s" : std::string(step.prefix), false};
}

Scale byte_scale(double bytes, std::string_view per) {
    static constexpr std::array<Step, 5> kSteps{
        {{1, "B"}, {1024, "KiB"}, {1048576, "MiB"}, {1073741824, "GiB"}, {1099511627776, "TiB"}}};
    const Step step = step_for(bytes, kSteps);
    return {step.factor, std::string(step.prefix) + std::string(per), step.factor == 1};
}

// "k op/s", "M", "k/s": the prefix and what is counted.
Scale count_scale(double count, std::string_view what, std::string_view per) {
    static constexpr std::array<Step, 5> kSteps{
        {{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}, {1e12, "T"}}};
    Step step = kSteps.front();
    if (std::abs(count) >= kWholeMax) {
        step = step_for(count, kSteps);
    }
    std::string unit(step.prefix);
    unit += !unit.empty() && !what.empty() ? " " : "";
    unit += std::string(what) + std::string(per);
    return {step.factor, std::move(unit), step.factor == 1};
}

// "/{token}" without the braces, which mark for programs what is counted.
std::string unbraced(std::string_view unit) {
    std::string text;
    for (std::size_t begin = 0; begin <= unit.size();) {
        const std::size_t end = std::min(unit.find('/', begin), unit.size());
        std::string_view part = unit.substr(begin, end - begin);
        if (part.size() > 2 && part.front() == '{' && part.back() == '}') {
            part = part.substr(1, part.size() - 2);
        }
        text += (begin == 0 ? "" : "/") + std::string(part);
        begin = end + 1;
    }
    return text;
}

struct TimeUnit {
    std::string_view name;
    double seconds;
};

constexpr std::array<TimeUnit, 4> kTimeUnits{{{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}}};

struct ToldUnit {
    std::string_view told, unit;
    double factor;
};

// What a limit may be told with.
constexpr std::array<ToldUnit, 13> kToldUnits{{{"ns", "s", 1e-9},
                                               {"us", "s", 1e-6},
                                               {"\u00B5s", "s", 1e-6},
                                               {"ms", "s", 1e-3},
                                               {"s", "s", 1},
                                               {"B", "By", 1},
                                               {"kB", "By", 1e3},
                                               {"MB", "By", 1e6},
                                               {"GB", "By", 1e9},
                                               {"KiB", "By", 1024},
                                               {"MiB", "By", 1048576},
                                               {"GiB", "By", 1073741824},
                                               {"TiB", "By", 1099511627776}}};

FigureText parts_of(const std::string& number, std::string unit) {
    const std::size_t point = std::min(number.find('.'), number.size());
    return {number.substr(0, point), number.substr(point), std::move(unit)};
}

} // namespace

Scale scale_for(double value, std::string_view unit, FigureStyle style) {
    const auto* time = std::find_if(kTimeUnits.begin(),
                                    kTimeUnits.end(),
                                    [&](const TimeUnit& known) { return known.name == unit; });
    if (time != kTimeUnits.end()) {
        Scale scale = time_scale(value * time->seconds, style);
        scale.factor /= time->seconds;
        return scale;
    }
    const std::size_t slash = unit.find('/');
    const std::string_view what = unit.substr(0, slash);
    const std::string per = slash == std::string_view::npos ? "" : unbraced(unit.substr(slash));
    if (what == "By") {
        return byte_scale(value, per);
    }
    if (what == "1" || what.empty()) {
        return count_scale(value, {}, per);
    }
    if (what.size() > 2 && what.front() == '{' && what.back() == '}') {
        return count_scale(value, what.substr(1, what.size() - 2), per);
    }
    return {1, unbraced(unit), false};
}

int decimals_for(double scaled, bool counts) {
    const double magnitude = std::abs(rounded(scaled));
    if (counts && magnitude < kWholeMax && scaled == std::floor(scaled)) {
        return 0;
    }
    if (magnitude == 0) {
        return 1;
    }
    const int exponent = static_cast<int>(std::floor(std::log10(magnitude)));
    return std::clamp(kSignificant - 1 - std::max(exponent, -2), 0, kSignificant + 1);
}

std::string fixed(double value, int decimals) {
    std::array<char, 400> digits{};
    const auto end =
        std::to_chars(
            digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals)
            .ptr;
    std::string text(digits.data(), end);
    if (text.starts_with('-') && text.find_first_not_of("-0.") == std::string::npos) {
        text.erase(0, 1);
    }
    return text;
}

std::string_view not_measured(FigureStyle style) {
    return style.unicode ? "\u2013" : "-";
}

FigureText figure_text(double value, std::string_view unit, FigureStyle style) {
    if (!std::isfinite(value)) {
        return {std::string(not_measured(style)), {}, {}};
    }
    const Scale scale = scale_for(value, unit, style);
    const double scaled = value / scale.factor;
    const double magnitude = std::abs(scaled);
    const bool powers = magnitude != 0 && (magnitude < kSmallest || magnitude >= 1e9);
    const std::string text = powers ? scientific(scaled, kSignificant - 1)
                                    : fixed(scaled, decimals_for(scaled, scale.counts));
    return parts_of(text, scale.unit);
}

FigureText
figure_text_beside(double value, std::string_view unit, std::string_view limit, FigureStyle style) {
    std::string_view word = limit.substr(limit.rfind(' ') + 1); // all of it where there is none
    if (word.ends_with(']')) {
        word.remove_suffix(1); // "within [1 ms, 2 ms]"
    }
    const auto* const told =
        std::find_if(kToldUnits.begin(), kToldUnits.end(), [&](const ToldUnit& known) {
            return known.told == word;
        });
    if (told == kToldUnits.end() || told->unit != unit) {
        return figure_text(value, unit, style);
    }
    const double scaled = value / told->factor;
    return std::abs(scaled) >= kSmallest && std::abs(scaled) < kMost
               ? parts_of(fixed(scaled, decimals_for(scaled, true)), std::string(word))
               : figure_text(value, unit, style);
}

FigureText exact_text(double value, std::string_view unit, FigureStyle style) {
    const bool timed = std::any_of(kTimeUnits.begin(),
                                   kTimeUnits.end(),
                                   [&](const TimeUnit& known) { return known.name == unit; });
    if (timed || value != std::floor(value) || std::abs(value) >= kExactMax) {
        return figure_text(value, unit, style);
    }
    // What one of them is called.
    return {fixed(value, 0), {}, scale_for(1, unit, style).unit};
}

std::string joined(const FigureText& text) {
    return text.whole + text.fraction + (text.unit.empty() || text.unit.front() == '/' ? "" : " ") +
           text.unit;
}

std::optional<std::string>
interval_text(double low, double high, double value, std::string_view unit, FigureStyle style) {
    if (!std::isfinite(low) || !std::isfinite(high) || !std::isfinite(value)) {
        return std::nullopt;
    }
    const Scale scale = scale_for(value, unit, style);
    const int decimals = decimals_for(value / scale.factor, scale.counts);
    return "[" + fixed(low / scale.factor, decimals) + ", " + fixed(high / scale.factor, decimals) +
           "]";
}

std::optional<std::string> interval_with_unit(
    double low, double high, double value, std::string_view unit, FigureStyle style) {
    auto text = interval_text(low, high, value, unit, style);
    if (text) {
        const std::string shown = scale_for(value, unit, style).unit;
        *text += (shown.empty() || shown.front() == '/' ? "" : " ") + shown;
    }
    return text;
}

std::string duration_text(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0) {
        return {};
    }
    if (seconds < 9.95) {
        return fixed(seconds, 1) + " s";
    }
    const auto whole = static_cast<std::int64_t>(std::llround(std::min(seconds, 1e15)));
    if (whole < 120) {
        return std::to_string(whole) + " s";
    }
    if (whole < 7200) {
        return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    }
    return std::to_string(whole / 3600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

} // namespace report_text
