#include "charts/layout.hpp"

#include "charts/clean_text.hpp"
#include "charts/layout/draw_series.hpp"
#include "charts/layout/frame.hpp"
#include "charts/text_width.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

constexpr double kClipAir = 5; // markers at the edge are not cut in half

Item titled(std::string title, Item item) {
    if (title.empty()) {
        return item;
    }
    return {Group{std::move(title), std::nullopt, {std::move(item)}}};
}

void draw_text_line(std::vector<Item>& items, const std::string& text, Label label, double width) {
    const Font font{label.size, label.bold};
    const std::string clean = clean_text(text);
    label.text = cut_middle(clean, width, font);
    const bool is_cut = label.text != clean;
    items.push_back(titled(is_cut ? clean : "", {std::move(label)}));
}

void draw_header(std::vector<Item>& items, const Chart& chart, const Frame& frame) {
    const double width = frame.size.width - 2 * kMargin;
    double y = kMargin;
    if (!chart.title.empty()) {
        draw_text_line(items,
                       chart.title,
                       {{kMargin, y + 11}, {}, Anchor::start, Role::text, kTitleSize, true},
                       width);
        y += 18;
    }
    if (!chart.subtitle.empty()) {
        draw_text_line(items,
                       chart.subtitle,
                       {{kMargin, y + 9}, {}, Anchor::start, Role::dim, kLabelSize},
                       width);
    }
}

void draw_grid(std::vector<Item>& items, const Chart& chart, const Frame& frame) {
    const Box& plot = frame.plot;
    const Stroke thin{Role::grid, 1};
    if (chart.y.scale != Scale::category) {
        for (const Tick& tick : frame.y_ticks.marks) {
            const double y = frame.y.at(tick.at);
            items.push_back({Segment{{plot.x, y}, {plot.right(), y}, thin}});
        }
    }
    // Lines up and down guide the eye only where lengths are read along x.
    if (chart.x.scale != Scale::category && is_sideways(chart)) {
        for (const Tick& tick : frame.x_ticks.marks) {
            const double x = frame.x.at(tick.at);
            items.push_back({Segment{{x, plot.y}, {x, plot.bottom()}, thin}});
        }
    }
    if (!is_sideways(chart)) {
        items.push_back(
            {Segment{{plot.x, plot.bottom()}, {plot.right(), plot.bottom()}, {Role::dim, 1}}});
        for (const Tick& tick : frame.x_ticks.marks) {
            const double x = frame.x.at(tick.at);
            items.push_back({Segment{{x, plot.bottom()}, {x, plot.bottom() + 4}, {Role::dim, 1}}});
        }
    }
}

void draw_spans(std::vector<Item>& items, const Chart& chart, const Frame& frame) {
    for (const Span& span : chart.spans) {
        const bool is_x = span.on == Along::x;
        const AxisMapping& mapping = is_x ? frame.x : frame.y;
        const double one = mapping.at(span.from);
        const double other = mapping.at(span.to);
        if (!std::isfinite(one) || !std::isfinite(other)) {
            continue;
        }
        const Box& plot = frame.plot;
        const auto [low, high] = std::minmax(one, other);
        const double begin =
            std::clamp(low, is_x ? plot.x : plot.y, is_x ? plot.right() : plot.bottom());
        const double end = std::clamp(high, begin, is_x ? plot.right() : plot.bottom());
        const Box box = is_x ? Box{begin, plot.y, std::max(end - begin, 1.0), plot.height}
                             : Box{plot.x, begin, plot.width, std::max(end - begin, 1.0)};
        items.push_back(titled(clean_text(span.note.empty() ? span.name : span.note),
                               {Rectangle{box, Fill{span.role, true}, std::nullopt}}));
    }
}

void draw_rules(std::vector<Item>& items, const Chart& chart, const Frame& frame) {
    for (const Rule& rule : chart.rules) {
        const bool is_x = rule.on == Along::x;
        const AxisMapping& mapping = is_x ? frame.x : frame.y;
        if (!std::isfinite(mapping.at(rule.at)) || !mapping.contains(rule.at)) {
            continue;
        }
        const double at = mapping.at(rule.at);
        const Box& plot = frame.plot;
        const Stroke stroke{rule.role, rule.dash == Dash::dotted ? 1.8 : 1.3, rule.dash};
        const Segment segment = is_x ? Segment{{at, plot.y - 3}, {at, plot.bottom()}, stroke}
                                     : Segment{{plot.x, at}, {plot.right(), at}, stroke};
        if (is_x && is_sideways(chart)) { // over bars a line needs its own ground
            const Stroke ground{Role::surface, stroke.width + 2};
            items.push_back({Segment{segment.from, segment.to, ground}});
        }
        items.push_back(titled(clean_text(rule.note.empty() ? rule.label : rule.note), {segment}));
    }
}

void draw_labels(std::vector<Item>& items, const Chart& chart, const Frame& frame) {
    for (const AxisLabel& label : frame.labels) {
        const bool over_rows = chart.y.names_above && label.role == Role::text;
        items.push_back(titled(label.full,
                               {Label{.place = label.place,
                                      .text = label.text,
                                      .anchor = label.anchor,
                                      .role = label.role,
                                      .size = kLabelSize,
                                      .halo = over_rows}}));
    }
    const auto lines = static_cast<double>(frame.notes.size());
    double y = frame.size.height - 8 - (lines - 1) * kLineHeight;
    for (const std::string& note : frame.notes) {
        items.push_back({Label{{kMargin, y}, note, Anchor::start, Role::dim, kLabelSize}});
        y += kLineHeight;
    }
}

void draw_empty(std::vector<Item>& items, const Chart& chart, const Frame& frame) {
    const Box& plot = frame.plot;
    items.push_back({Rectangle{plot, std::nullopt, Stroke{Role::grid, 1}}});
    if (!chart.bare) {
        draw_text_line(items,
                       chart.empty,
                       {{plot.x + plot.width / 2, plot.y + plot.height / 2 + 4},
                        {},
                        Anchor::middle,
                        Role::dim,
                        kLabelSize},
                       plot.width - 8);
    }
}

std::string description_of(const Chart& chart, const Frame& frame) {
    std::string text = clean_text(chart.description);
    const auto add = [&text](const std::string& more) { text += (text.empty() ? "" : " ") + more; };
    if (frame.is_empty) {
        add(clean_text(chart.empty) + ".");
    }
    for (const std::string& note : frame.notes) {
        add(note);
    }
    if (frame.unnamed_rules > 0) {
        add(std::to_string(frame.unnamed_rules) + " marks bear no name for want of room.");
    }
    return text;
}

} // namespace

Drawing lay_out(const Chart& chart, Size size) {
    const Legend legend =
        chart.bare ? Legend{} : legend_of(chart, held_size(size, chart.bare).width - 2 * kMargin);
    const Frame frame = frame_of(chart, size, legend);
    Drawing drawing{frame.size, clean_text(chart.title), description_of(chart, frame), {}};
    std::vector<Item>& items = drawing.items;
    if (!chart.bare) {
        draw_header(items, chart, frame);
        auto signs = drawn(legend, {kMargin, frame.legend_top});
        items.insert(items.end(), signs.begin(), signs.end());
    }
    if (frame.is_empty) {
        draw_empty(items, chart, frame);
        draw_labels(items, chart, frame);
        return drawing;
    }
    draw_spans(items, chart, frame);
    if (!chart.bare) {
        draw_grid(items, chart, frame);
    }
    Group data;
    const Box& plot = frame.plot;
    const double air = chart.bare ? 3 : kClipAir;
    data.clip = Box{plot.x - air, plot.y - air, plot.width + 2 * air, plot.height + 2 * air};
    DrawnSeries drawn = drawn_series(chart, frame);
    data.items = std::move(drawn.items);
    items.push_back({std::move(data)});
    draw_rules(items, chart, frame);
    items.insert(items.end(), drawn.labels.begin(), drawn.labels.end());
    draw_labels(items, chart, frame);
    return drawing;
}

} // namespace assay::charts
