#include "charts/unit_scale.hpp"

#include "charts/number_text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace assay::charts {
namespace {

struct Step {
    double factor;
    std::string_view prefix;
};

constexpr std::array<Step, 4> kTimes{{{1e-9, "ns"}, {1e-6, "\u00B5s"}, {1e-3, "ms"}, {1, "s"}}};
constexpr std::array<Step, 4> kTimeUnits{{{1, "s"}, {1e-3, "ms"}, {1e-6, "us"}, {1e-9, "ns"}}};
constexpr std::array<Step, 5> kBytes{
    {{1, "B"}, {1024, "KiB"}, {1048576, "MiB"}, {1073741824, "GiB"}, {1099511627776, "TiB"}}};
constexpr std::array<Step, 5> kCounts{{{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}, {1e12, "T"}}};

constexpr double kWholeMax = 10'000; // counts below this are written out

// The largest step that the magnitude reaches; 999.96 is taken for the 1000 as which it is written.
Step step_for(double magnitude, std::span<const Step> steps) {
    Step chosen = steps.front();
    for (const Step& step : steps) {
        if (magnitude / step.factor >= 0.99995) {
            chosen = step;
        }
    }
    return chosen;
}

// Braces mark in UCUM what is counted: "{hit}/{request}".
std::string without_braces(std::string_view unit) {
    std::string text(unit);
    std::erase_if(text, [](char c) { return c == '{' || c == '}'; });
    return text;
}

} // namespace

UnitScale unit_scale(double magnitude, std::string_view unit) {
    const double size = std::isfinite(magnitude) ? std::abs(magnitude) : 0;
    const auto time = std::find_if(kTimeUnits.begin(), kTimeUnits.end(), [unit](const Step& known) {
        return known.prefix == unit;
    });
    if (time != kTimeUnits.end()) {
        const Step step = size == 0 ? kTimes.back() : step_for(size * time->factor, kTimes);
        return {step.factor / time->factor, {}, std::string(step.prefix)};
    }
    if (unit == "%") {
        return {1, " %", {}};
    }
    const std::size_t slash = std::min(unit.find('/'), unit.size());
    const std::string_view what = unit.substr(0, slash);
    const std::string per = without_braces(unit.substr(slash));
    if (what == "By") {
        const Step step = step_for(size, kBytes);
        return {step.factor, {}, std::string(step.prefix) + per};
    }
    const Step step = size < kWholeMax ? kCounts.front() : step_for(size, kCounts);
    std::string title;
    if (what != "1") {
        title = without_braces(what);
    }
    if (!per.empty()) {
        title = title.empty() ? "1" + per : title + per;
    }
    return {step.factor, std::string(step.prefix), std::move(title)};
}

std::string value_text(double value, std::string_view unit, int significant) {
    if (!std::isfinite(value)) {
        return "\u2013";
    }
    const UnitScale scale = unit_scale(value, unit);
    std::string text = short_number(value / scale.factor, significant) + scale.prefix;
    if (scale.title.starts_with("1/")) {
        return text + scale.title.substr(1);
    }
    return scale.title.empty() ? text : text + " " + scale.title;
}

std::string change_text(double change) {
    if (!std::isfinite(change)) {
        return "\u2013";
    }
    const double percent = change * 100;
    const int decimals = std::abs(percent) < 100 ? 1 : 0;
    const std::string text = fixed(percent, decimals);
    const bool is_zero = text.find_first_not_of("-0.") == std::string::npos;
    return (percent > 0 && !is_zero ? "+" : "") + text + " %";
}

} // namespace assay::charts
