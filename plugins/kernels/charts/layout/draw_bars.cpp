#include "charts/layout/draw_bars.hpp"

#include "charts/clean_text.hpp"
#include "charts/text_width.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

constexpr Font kBarFont{.size = 10};
constexpr double kBarGap = 1; // between bins of a histogram

void put(std::vector<Item>& items, const std::string& note, std::vector<Item> parts) {
    if (note.empty()) {
        items.insert(items.end(), parts.begin(), parts.end());
        return;
    }
    items.push_back({Group{clean_text(note), std::nullopt, std::move(parts)}});
}

// Where the value of a bar begins on a logarithmic axis, which has no zero: at its end.
double start_pixel(double from, const AxisMapping& values, double edge) {
    const double pixel = values.at(from);
    return std::isfinite(pixel) ? pixel : edge;
}

struct BarPlace {
    double begin = 0, thick = 0; // across
    double from = 0, to = 0;     // along the value
    double reach = 0;            // where a label may begin
};

std::optional<BarPlace> place_of(const Bar& bar, const Chart& chart, const Frame& frame) {
    const bool sideways = is_sideways(chart);
    const AxisMapping& places = sideways ? frame.y : frame.x;
    const AxisMapping& values = sideways ? frame.x : frame.y;
    const double edge = sideways ? frame.plot.x : frame.plot.bottom();
    const double one = places.at(bar.low);
    const double other = places.at(bar.high);
    const double to = values.at(bar.to);
    const double reach = bar.reach ? values.at(*bar.reach) : to;
    const BarPlace place{std::min(one, other),
                         std::abs(other - one),
                         start_pixel(bar.from, values, edge),
                         to,
                         std::isfinite(reach) ? reach : to};
    const bool ok = std::isfinite(one) && std::isfinite(other) && std::isfinite(place.to);
    return ok ? std::optional(place) : std::nullopt;
}

Box box_of(const BarPlace& place, bool sideways) {
    const double gap = place.thick > 4 ? kBarGap : 0;
    const double thick = std::max(place.thick - gap, 0.8);
    const double low = std::min(place.from, place.to);
    const double length = std::abs(place.to - place.from);
    return sideways ? Box{low, place.begin + gap / 2, length, thick}
                    : Box{place.begin + gap / 2, low, thick, length};
}

// A bar without length is a line across.
Item bar_shape(const Bar& bar, const Box& box, bool sideways) {
    const double length = sideways ? box.width : box.height;
    if (length <= 0) {
        return {Segment{{box.x, box.y},
                        sideways ? Place{box.x, box.bottom()} : Place{box.right(), box.y},
                        {bar.role, bar.outlined ? 2.0 : 1.0}}};
    }
    if (bar.outlined) {
        return {Rectangle{box, std::nullopt, Stroke{bar.role, 1.5}}};
    }
    return {Rectangle{box, Fill{bar.role}, std::nullopt}};
}

struct BarLabel {
    std::string text;
    Box box;
    double reach;
    Role inside; // its colour over the bar
};

Label bar_label(Place place, const BarLabel& label, Anchor anchor, Role role) {
    // Over the bar itself there is nothing to keep clear of.
    return {place, label.text, anchor, role, kBarFont.size, false, role == Role::text};
}

// Beyond the end of the bar; inside it where the plot ends too soon; not at all where there is no
// room.
std::optional<Label> label_sideways(const BarLabel& label, const Box& plot) {
    const Box& box = label.box;
    const double wide = text_width(label.text, kBarFont);
    const double base = box.y + box.height / 2 + kBarFont.size * 0.36;
    const double end = std::max(box.right(), label.reach);
    if (box.height < kBarFont.size) {
        return std::nullopt;
    }
    if (end + 4 + wide <= plot.right() + 4) {
        return bar_label({end + 4, base}, label, Anchor::start, Role::text);
    }
    if (wide + 8 <= box.width) {
        return bar_label({box.x + 4, base}, label, Anchor::start, label.inside);
    }
    return std::nullopt;
}

std::optional<Label> label_upright(const BarLabel& label, const Box& plot) {
    const Box& box = label.box;
    const double centre = box.x + box.width / 2;
    const double top = std::min(box.y, label.reach);
    if (text_width(label.text, kBarFont) > box.width + 2) {
        return std::nullopt;
    }
    if (top - 4 - kBarFont.size >= plot.y - 4) {
        return bar_label({centre, top - 4}, label, Anchor::middle, Role::text);
    }
    if (box.height >= 20) {
        return bar_label({centre, box.bottom() - 6}, label, Anchor::middle, label.inside);
    }
    return std::nullopt;
}

} // namespace

Role text_role_on(Role ramp) noexcept {
    return ramp >= Role::ramp_5 ? Role::surface : Role::text;
}

void draw_bars(std::vector<Item>& items, const Bars& bars, const Chart& chart, const Frame& frame) {
    const bool sideways = is_sideways(chart);
    for (const Bar& bar : bars.bars) {
        if (const auto place = place_of(bar, chart, frame)) {
            put(items, bar.note, {bar_shape(bar, box_of(*place, sideways), sideways)});
        }
    }
}

void draw_bar_labels(std::vector<Item>& items,
                     const Bars& bars,
                     const Chart& chart,
                     const Frame& frame) {
    const bool sideways = is_sideways(chart);
    for (const Bar& bar : bars.bars) {
        if (bar.label.empty()) {
            continue;
        }
        BarLabel text{clean_text(bar.label), {}, 0, bar.outlined ? Role::text : Role::surface};
        if (const auto place = place_of(bar, chart, frame)) {
            text.box = box_of(*place, sideways);
            text.reach = place->reach;
        } else if (sideways &&
                   !std::isfinite(bar.to)) { // not measured, and said where it would begin
            const double step = frame.y.step();
            text.box = {frame.plot.x, frame.y.at((bar.low + bar.high) / 2) - step / 2, 0, step};
        } else {
            continue;
        }
        if (auto label =
                sideways ? label_sideways(text, frame.plot) : label_upright(text, frame.plot)) {
            items.push_back({std::move(*label)});
        }
    }
}

void draw_intervals(std::vector<Item>& items,
                    const Intervals& all,
                    const Chart& chart,
                    const Frame& frame) {
    const bool sideways = is_sideways(chart);
    const AxisMapping& places = sideways ? frame.y : frame.x;
    const AxisMapping& values = sideways ? frame.x : frame.y;
    const auto at = [sideways](double along, double across) {
        return sideways ? Place{along, across} : Place{across, along};
    };
    for (const Interval& one : all.intervals) {
        const double across = places.at(one.place);
        const double low = values.at(one.low);
        const double high = values.at(one.high);
        const double middle = values.at(one.middle);
        if (!std::isfinite(across)) {
            continue;
        }
        std::vector<Item> parts;
        if (std::isfinite(low) && std::isfinite(high)) {
            const Stroke stroke{one.role, all.capped ? 1.3 : 2.5};
            parts.push_back({Segment{at(low, across), at(high, across), stroke}});
            for (const double end : {low, high}) {
                if (all.capped) {
                    parts.push_back({Segment{at(end, across - 4), at(end, across + 4), stroke}});
                }
            }
        }
        if (std::isfinite(middle)) {
            parts.push_back({Circle{at(middle, across), 4, Fill{one.role}, std::nullopt}});
        }
        put(items, one.note, std::move(parts));
    }
}

void draw_cells(std::vector<Item>& items, const Cells& cells, const Frame& frame) {
    const double width = std::max(frame.x.step() - kBarGap, 0.5);
    const double height = std::max(frame.y.step() - kBarGap, 0.5);
    for (const Cell& cell : cells.cells) {
        const double x = frame.x.at(cell.x);
        const double y = frame.y.at(cell.y);
        if (!std::isfinite(x) || !std::isfinite(y)) {
            continue;
        }
        const Box box{x - width / 2, y - height / 2, width, height};
        const bool is_known = std::isfinite(cell.share);
        const Role role = is_known ? ramp_role(std::clamp(cell.share, 0.0, 1.0)) : Role::surface;
        Rectangle field{box, Fill{role}, std::nullopt};
        if (!is_known) {
            field = {{box.x + 0.5,
                      box.y + 0.5,
                      std::max(box.width - 1, 0.5),
                      std::max(box.height - 1, 0.5)},
                     std::nullopt,
                     Stroke{Role::grid, 1}};
        }
        std::vector<Item> parts{{field}};
        const std::string text = is_known ? clean_text(cell.label) : "\u2013";
        if (!text.empty() && text_width(text, kBarFont) + 4 <= width &&
            height >= kBarFont.size + 2) {
            parts.push_back({Label{{x, y + kBarFont.size * 0.36},
                                   text,
                                   Anchor::middle,
                                   is_known ? text_role_on(role) : Role::dim,
                                   kBarFont.size}});
        }
        put(items, cell.note, std::move(parts));
    }
}

} // namespace assay::charts
