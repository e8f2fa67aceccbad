#include "charts/layout/frame.hpp"

#include "charts/clean_text.hpp"
#include "charts/layout/rule_labels.hpp"
#include "charts/layout/tick_labels.hpp"
#include "charts/text_width.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

constexpr Font kFrameFont{.size = kLabelSize};
constexpr double kWidest = 10'000;
constexpr Size kLeast{220, 120};
constexpr Size kLeastBare{16, 8};
constexpr double kLeastPlot = 24;
constexpr double kStripGap = 10;
constexpr double kRuleName = 130;

// What the passes over the layout learn from each other.
struct Margins {
    double left = kMargin, right = kMargin, top = 0, bottom = 0;
};

struct Texts {
    double name_widest, rule_widest; // longer names are cut
    double header = 0;               // title, subtitle and legend
    std::vector<std::string> notes;
};

bool has_no_places(const Extent& x, const Extent& y) {
    return x.values == 0 || y.values == 0;
}

std::vector<std::string> notes_of(const Chart& chart, const Frame& frame, const Legend& legend) {
    std::vector<std::string> notes;
    for (const std::string& note : chart.notes) {
        notes.push_back(clean_text(note));
    }
    if (const std::size_t count = frame.x_extent.without_log + frame.y_extent.without_log;
        count > 0) {
        notes.push_back(std::to_string(count) + (count == 1 ? " value is" : " values are") +
                        " not above zero and cannot stand on a logarithmic axis");
    }
    if (legend.left_out > 0) {
        notes.push_back(std::to_string(legend.left_out) + " more series are not in the legend");
    }
    return notes;
}

Texts texts_of(const Chart& chart,
               Size size,
               const Legend& legend,
               const std::vector<std::string>& notes) {
    const double names = size.width * 0.42;
    // "baseline 1.287 µs": cut in its middle it would say another figure.
    Texts texts{names, std::max(size.width * 0.28, std::min(names, kRuleName)), kMargin, {}};
    texts.header += chart.title.empty() ? 0 : 18;
    texts.header += chart.subtitle.empty() ? 0 : 15;
    texts.header += legend.height();
    for (const std::string& note : notes) {
        for (std::string& line : wrapped(note, size.width - 2 * kMargin, kFrameFont)) {
            texts.notes.push_back(std::move(line));
        }
    }
    return texts;
}

Box plot_within(Size size, const Margins& margins) {
    return {margins.left,
            margins.top,
            std::max(size.width - margins.left - margins.right, kLeastPlot),
            std::max(size.height - margins.top - margins.bottom, kLeastPlot)};
}

void map_axes(Frame& frame, const Chart& chart) {
    const Box& plot = frame.plot;
    const bool down = chart.y.scale == Scale::category;
    frame.x = AxisMapping(chart.x.scale, frame.x_extent.range, plot.x, plot.right());
    frame.y = AxisMapping(chart.y.scale,
                          frame.y_extent.range,
                          down ? plot.y : plot.bottom(),
                          down ? plot.bottom() : plot.y);
}

double bottom_room(const Chart& chart, const Frame& frame, const Texts& texts) {
    double room = frame.x_ticks.marks.empty() ? 4 : 18;
    const auto& marks = frame.x_ticks.marks;
    const bool has_second = std::any_of(
        marks.begin(), marks.end(), [](const Tick& tick) { return !tick.second.empty(); });
    room += has_second ? kLineHeight : 0;
    room += axis_title(chart.x, frame.x_ticks).empty() ? 0 : 16;
    room += static_cast<double>(texts.notes.size()) * kLineHeight;
    return room + 6;
}

// The line on which the names above the plot stand, free of a tick label at its upper edge.
double strip_base(const Frame& frame) {
    return frame.plot.y - kStripGap;
}

void place_strip(Frame& frame, const RuleStrip& strip) {
    for (AxisLabel label : strip.labels) {
        label.place.y = strip_base(frame) - label.place.y * kLineHeight;
        frame.labels.push_back(std::move(label));
    }
}

// Titles of the axes: that of y stands above it and needs not be turned.
void place_titles(Frame& frame, const Chart& chart, double bottom) {
    const double width = frame.size.width - 2 * kMargin;
    const auto cut = [&](const std::string& title) { return cut_middle(title, width, kFrameFont); };
    if (const std::string title = axis_title(chart.y, frame.y_ticks); !title.empty()) {
        const std::string text = cut(title);
        frame.labels.push_back({{kMargin, strip_base(frame)},
                                text,
                                text == title ? "" : title,
                                Anchor::start,
                                Role::dim});
    }
    if (const std::string title = axis_title(chart.x, frame.x_ticks); !title.empty()) {
        const std::string text = cut(title);
        const double half = text_width(text, kFrameFont) / 2;
        const double centre = std::clamp(frame.plot.x + frame.plot.width / 2,
                                         half + 2,
                                         std::max(frame.size.width - half - 2, half + 2));
        frame.labels.push_back(
            {{centre, bottom}, text, text == title ? "" : title, Anchor::middle, Role::dim});
    }
}

// One pass: ticks for the plot as it is known, then the plot that their labels leave.
RuleStrip pass(Frame& frame, const Chart& chart, const Texts& texts, Margins& margins) {
    frame.plot = plot_within(frame.size, margins);
    map_axes(frame, chart);
    if (!frame.is_empty) {
        frame.x_ticks = ticks_of(chart.x, frame.x_extent.range, frame.plot.width, true);
        frame.y_ticks = ticks_of(chart.y, frame.y_extent.range, frame.plot.height, false);
    }
    const double labels = left_width(chart.y, frame.y_ticks, texts.name_widest);
    margins.left = std::max(margins.left, labels > 0 ? labels + kMargin + 6 : kMargin);
    const double names = right_width(chart, frame.y, texts.rule_widest);
    margins.right = std::max(margins.right, names > 0 ? names + kMargin + 6 : kMargin + 2);
    const std::string title = axis_title(chart.y, frame.y_ticks);
    const double taken = title.empty() ? 0 : kMargin + text_width(title, kFrameFont);
    RuleStrip strip = strip_above(chart, frame.x, frame.size.width, taken);
    margins.top = texts.header + static_cast<double>(strip.rows) * kLineHeight +
                  (strip.rows > 0 ? kStripGap - 2 : 6);
    margins.bottom = bottom_room(chart, frame, texts);
    frame.plot = plot_within(frame.size, margins);
    map_axes(frame, chart);
    return strip_above(chart, frame.x, frame.size.width, taken);
}

Frame bare_frame(const Chart& chart, Frame frame) {
    constexpr double kBareMargin = 3;
    frame.plot = plot_within(frame.size, {kBareMargin, kBareMargin, kBareMargin, kBareMargin});
    frame.plot.width = std::min(frame.plot.width, frame.size.width - 2 * kBareMargin);
    frame.plot.height = std::min(frame.plot.height, frame.size.height - 2 * kBareMargin);
    map_axes(frame, chart);
    return frame;
}

} // namespace

Size held_size(Size size, bool bare) noexcept {
    const Size least = bare ? kLeastBare : kLeast;
    const auto held = [](double wanted, double at_least) {
        return std::isfinite(wanted) ? std::clamp(wanted, at_least, kWidest) : at_least;
    };
    return {held(size.width, least.width), held(size.height, least.height)};
}

std::string axis_title(const Axis& axis, const Ticks& ticks) {
    std::string title = clean_text(axis.title);
    if (ticks.unit.empty()) {
        return title;
    }
    const std::string unit = clean_text(ticks.unit);
    return title.empty() ? unit : title + " (" + unit + ")";
}

Frame frame_of(const Chart& chart, Size size, const Legend& legend) {
    Frame frame;
    frame.size = held_size(size, chart.bare);
    frame.x_extent = extent_of(chart, Along::x);
    frame.y_extent = extent_of(chart, Along::y);
    frame.is_empty = has_no_places(frame.x_extent, frame.y_extent);
    if (chart.bare) {
        return bare_frame(chart, std::move(frame));
    }
    const Texts texts = texts_of(chart, frame.size, legend, notes_of(chart, frame, legend));
    Margins margins{kMargin, kMargin, texts.header + kLineHeight, 40};
    RuleStrip strip;
    for (int i = 0; i < 3; ++i) {
        strip = pass(frame, chart, texts, margins);
    }
    frame.legend_top = texts.header - legend.height();
    frame.notes = texts.notes;
    const double notes = static_cast<double>(frame.notes.size()) * kLineHeight;
    // A picture that is too low for its texts grows instead of drawing them over each other.
    frame.size.height = std::max(frame.size.height, frame.plot.bottom() + margins.bottom);
    frame.size.width = std::max(frame.size.width, frame.plot.right() + margins.right);
    place_titles(frame, chart, frame.size.height - notes - 9);
    if (frame.is_empty) {
        return frame;
    }
    place_strip(frame, strip);
    for (auto&& labels :
         {left_labels(chart.y, frame.y_ticks, frame.y, frame.plot, texts.name_widest),
          bottom_labels(chart.x, frame.x_ticks, frame.x, frame.plot, frame.size.width),
          labels_at_right(chart, frame.y, frame.plot, texts.rule_widest)}) {
        frame.labels.insert(frame.labels.end(), labels.begin(), labels.end());
    }
    frame.unnamed_rules = strip.left_out;
    return frame;
}

} // namespace assay::charts
