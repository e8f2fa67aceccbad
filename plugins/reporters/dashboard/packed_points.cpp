#include "packed_points.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dashboard_reporter {
namespace {

constexpr double kSteps = 1e5;          // of the figures that are small in a series, at most
constexpr double kExactMost = 1e12;     // counts up to it are told exactly
constexpr double kStepsMost = 4.5e15;   // what a script's numbers count without gaps
constexpr std::size_t kWidthSteps = 61; // between the least and the most of 62
constexpr double kSmallShare = 0.05;

bool is_whole(double value) {
    return std::trunc(value) == value && std::abs(value) < kExactMost;
}

// 1, 2 or 5 times a power of ten, so that `small` is 40 000 to 100 000 steps.
double step_for(double small, double most) {
    const double least = std::max(small / kSteps, most / kStepsMost);
    if (!(least > 0) || !std::isfinite(least)) {
        return 1;
    }
    const double ten = std::pow(10, std::floor(std::log10(least)));
    for (const double times : {1.0, 2.0, 5.0, 10.0}) {
        if (ten * times >= least * (1 - 1e-12)) {
            return ten * times;
        }
    }
    return ten * 10;
}

double step_of(std::span<const double> values) {
    std::vector<double> sizes;
    for (const double value : values) {
        if (value != 0) {
            sizes.push_back(std::abs(value));
        }
    }
    if (sizes.empty() || std::ranges::all_of(values, is_whole)) {
        return 1;
    }
    std::ranges::sort(sizes);
    const auto small = static_cast<std::size_t>(kSmallShare * static_cast<double>(sizes.size()));
    return step_for(sizes[small], sizes.back());
}

void write_varint(std::int64_t value, std::vector<std::uint8_t>& bytes) {
    auto left = static_cast<std::uint64_t>(value) << 1U;
    left = value < 0 ? ~left : left;
    while (left >= 0x80U) {
        bytes.push_back(static_cast<std::uint8_t>((left & 0x7FU) | 0x80U));
        left >>= 7U;
    }
    bytes.push_back(static_cast<std::uint8_t>(left));
}

char width_digit(double width, const WidthRange& range) {
    if (!std::isfinite(width)) {
        return kDigits[0];
    }
    if (!(width > 0)) {
        return kDigits[1];
    }
    const double span = std::log(range.most / range.least);
    const double place = span > 0 ? std::log(width / range.least) / span : 0;
    const auto step = std::llround(place * static_cast<double>(kWidthSteps));
    return kDigits[2 + std::clamp<long long>(step, 0, kWidthSteps)];
}

} // namespace

std::string base64(std::span<const std::uint8_t> bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = static_cast<std::uint32_t>(bytes[i]) << 16U;
        group |= left > 1 ? static_cast<std::uint32_t>(bytes[i + 1]) << 8U : 0U;
        group |= left > 2 ? static_cast<std::uint32_t>(bytes[i + 2]) : 0U;
        text += kDigits[group >> 18U];
        text += kDigits[group >> 12U & 63U];
        text += left > 1 ? kDigits[group >> 6U & 63U] : '=';
        text += left > 2 ? kDigits[group & 63U] : '=';
    }
    return text;
}

Packed pack(std::span<const double> values) {
    Packed packed{.step = step_of(values), .text = {}};
    std::vector<std::uint8_t> bytes;
    bytes.reserve(values.size() * 2);
    std::int64_t before = 0;
    for (const double value : values) {
        const double steps = std::clamp(std::round(value / packed.step), -kStepsMost, kStepsMost);
        const auto now = static_cast<std::int64_t>(steps);
        write_varint(now - before, bytes);
        before = now;
    }
    packed.text = base64(bytes);
    return packed;
}

PackedWidths pack_widths(std::span<const double> low,
                         std::span<const double> center,
                         std::span<const double> high) {
    PackedWidths packed;
    std::vector<double> widths;
    for (std::size_t i = 0; i < center.size(); ++i) {
        widths.push_back(center[i] - low[i]);
        widths.push_back(high[i] - center[i]);
    }
    bool any = false;
    for (const double width : widths) {
        any = any || std::isfinite(width);
        if (std::isfinite(width) && width > 0) {
            const bool first = packed.range.most == 0;
            packed.range.least = first ? width : std::min(packed.range.least, width);
            packed.range.most = std::max(packed.range.most, width);
        }
    }
    for (const double width : any ? widths : std::vector<double>{}) {
        packed.text += width_digit(width, packed.range);
    }
    return packed;
}

} // namespace dashboard_reporter
