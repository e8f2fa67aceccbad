#include "charts/layout/tick_labels.hpp"

#include "charts/clean_text.hpp"
#include "charts/text_width.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

constexpr Font kTickFont{.size = kLabelSize};
constexpr double kTickGap = 8;         // between labels beside each other
constexpr double kLeastNameWidth = 48; // a name below an axis is not cut shorter
constexpr double kPixelsPerTickX = 70;
constexpr double kPixelsPerTickY = 24;
constexpr double kNameAbove = 0.22; // of a row, above its middle

struct Across {
    double low, high;
};

// A label centred at a place, and moved inside where it would leave the picture.
Across across(double centre, double wide, double width) {
    const double held =
        std::clamp(centre, wide / 2 + 2, std::max(width - wide / 2 - 2, wide / 2 + 2));
    return {held - wide / 2, held + wide / 2};
}

// Every `stride`-th label stands free of the one before.
bool is_free(const std::vector<Across>& places, std::size_t stride, double gap) {
    for (std::size_t i = stride; i < places.size(); i += stride) {
        if (places[i].low < places[i - stride].high + gap) {
            return false;
        }
    }
    return true;
}

std::size_t free_stride(const std::vector<Across>& places, double gap) {
    std::size_t stride = 1;
    while (stride < places.size() && !is_free(places, stride, gap)) {
        ++stride;
    }
    return stride;
}

std::string fitted(const Axis& axis, const std::string& label, double width) {
    return axis.scale == Scale::category ? cut_middle(label, width, kTickFont) : label;
}

} // namespace

Ticks category_ticks(const Axis& axis) {
    Ticks ticks;
    for (std::size_t i = 0; i < axis.categories.size(); ++i) {
        ticks.marks.push_back({static_cast<double>(i), clean_text(axis.categories[i]), {}});
    }
    return ticks;
}

Ticks ticks_of(const Axis& axis, Range range, double pixels, bool is_x) {
    const double each = is_x ? kPixelsPerTickX : kPixelsPerTickY;
    const auto count = static_cast<std::size_t>(std::clamp(pixels / each, 1.0, 40.0));
    switch (axis.scale) {
    case Scale::linear:
        return linear_ticks(range, count, axis.unit, axis.is_signed);
    case Scale::log:
        return log_ticks(range, std::max<std::size_t>(count, 2), axis.unit);
    case Scale::time:
        return time_ticks(range, count);
    case Scale::category:
        return category_ticks(axis);
    }
    return {};
}

double left_width(const Axis& axis, const Ticks& ticks, double widest) {
    if (axis.names_above) {
        return 0;
    }
    double width = 0;
    for (const Tick& tick : ticks.marks) {
        width = std::max(width, text_width(fitted(axis, tick.label, widest), kTickFont));
    }
    return width;
}

std::vector<AxisLabel> left_labels(
    const Axis& axis, const Ticks& ticks, const AxisMapping& y, const Box& plot, double widest) {
    const double room = axis.names_above ? plot.width : widest;
    const double away = axis.names_above ? kNameAbove : 0;
    std::vector<Across> places;
    for (const Tick& tick : ticks.marks) {
        const double middle = y.at(tick.at);
        places.push_back({middle - kLabelSize / 2, middle + kLabelSize / 2});
    }
    // Along y the values of numbers go up, names go down.
    if (axis.scale != Scale::category) {
        std::reverse(places.begin(), places.end());
    }
    const std::size_t stride = free_stride(places, 1);
    std::vector<AxisLabel> labels;
    for (std::size_t i = 0; i < ticks.marks.size(); i += stride) {
        const Tick& tick = ticks.marks[i];
        std::string text = fitted(axis, tick.label, room);
        const bool is_cut = text != tick.label;
        labels.push_back(
            {{axis.names_above ? plot.x : plot.x - 6, y.at(tick.at - away) + kLabelSize * 0.36},
             std::move(text),
             is_cut ? tick.label : "",
             axis.names_above ? Anchor::start : Anchor::end,
             axis.scale == Scale::category ? Role::text : Role::dim});
    }
    return labels;
}

std::vector<AxisLabel> bottom_labels(
    const Axis& axis, const Ticks& ticks, const AxisMapping& x, const Box& plot, double width) {
    const double name_width = std::max(x.step() - kTickGap, kLeastNameWidth);
    std::vector<Across> places;
    for (const Tick& tick : ticks.marks) {
        const double wide = text_width(fitted(axis, tick.label, name_width), kTickFont);
        places.push_back(across(x.at(tick.at), wide, width));
    }
    const std::size_t stride = free_stride(places, kTickGap);
    std::vector<AxisLabel> labels;
    std::string context;
    double context_end = -1;
    for (std::size_t i = 0; i < ticks.marks.size(); i += stride) {
        const Tick& tick = ticks.marks[i];
        const double middle = (places[i].low + places[i].high) / 2;
        std::string text = fitted(axis, tick.label, name_width);
        const bool is_cut = text != tick.label;
        labels.push_back({{middle, plot.bottom() + 15},
                          std::move(text),
                          is_cut ? tick.label : "",
                          Anchor::middle,
                          Role::dim});
        if (tick.second == context) {
            continue;
        }
        const Across under = across(middle, text_width(tick.second, kTickFont), width);
        if (under.low > context_end + kTickGap) {
            labels.push_back({{(under.low + under.high) / 2, plot.bottom() + 15 + kLineHeight},
                              tick.second,
                              {},
                              Anchor::middle,
                              Role::dim});
            context_end = under.high;
            context = tick.second;
        }
    }
    return labels;
}

} // namespace assay::charts
