#include "charts/layout/legend.hpp"

#include "charts/clean_text.hpp"
#include "charts/text_width.hpp"

#include <algorithm>

namespace assay::charts {
namespace {

constexpr double kLegendRow = 16;
constexpr double kSwatchWidth = 18;
constexpr double kRampStep = 7;
constexpr double kGap = 6; // between sign and name
constexpr double kEntryGap = 16;
constexpr std::size_t kRowsMax = 4;
constexpr Font kFont{.size = 11};

// Points without a name belong to the series before them.
bool has_shape(const Series& series) noexcept {
    const auto* line = std::get_if<Line>(&series);
    const auto* dots = std::get_if<Dots>(&series);
    return (line != nullptr && !line->name.empty()) || (dots != nullptr && !dots->name.empty());
}

double swatch_width(Swatch swatch) noexcept {
    return swatch == Swatch::ramp ? kRampStep * static_cast<double>(kRampRoles) : kSwatchWidth;
}

LegendEntry entry_of(const Series& series, Shape shape) {
    struct Sign {
        Swatch operator()(const Line& line) const {
            return line.markers ? Swatch::marked_line : Swatch::line;
        }

        Swatch operator()(const Dots&) const { return Swatch::dots; }

        Swatch operator()(const Band&) const { return Swatch::tint; }

        Swatch operator()(const Bars& bars) const {
            return !bars.bars.empty() && bars.bars.front().outlined ? Swatch::outline
                                                                    : Swatch::area;
        }

        Swatch operator()(const Intervals&) const { return Swatch::interval; }

        Swatch operator()(const Cells&) const { return Swatch::ramp; }
    };

    LegendEntry entry;
    entry.swatch = std::visit(Sign{}, series);
    entry.shape = shape;
    entry.full = clean_text(std::visit([](const auto& one) { return one.name; }, series));
    std::visit(
        [&](const auto& one) {
            if constexpr (requires { one.role; }) {
                entry.role = one.role;
            }
        },
        series);
    return entry;
}

std::vector<LegendEntry> named_entries(const Chart& chart) {
    std::vector<LegendEntry> entries;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        LegendEntry entry = entry_of(chart.series[i], shape_of(chart, i));
        if (!entry.full.empty()) {
            entries.push_back(std::move(entry));
        }
    }
    for (const Span& span : chart.spans) {
        LegendEntry entry{.swatch = Swatch::tint, .role = span.role, .full = clean_text(span.name)};
        const bool is_known = std::any_of(entries.begin(), entries.end(), [&](const auto& one) {
            return one.full == entry.full && one.role == entry.role;
        });
        if (!entry.full.empty() && !is_known) {
            entries.push_back(std::move(entry));
        }
    }
    return entries;
}

void draw_swatch(std::vector<Item>& items, const LegendEntry& entry, Place at) {
    const double middle = at.y + kLegendRow / 2;
    const double centre = at.x + kSwatchWidth / 2;
    const Segment line{{at.x, middle}, {at.x + kSwatchWidth, middle}, {entry.role, 1.8}};
    switch (entry.swatch) {
    case Swatch::marked_line:
        items.push_back({line});
        items.push_back(marker({centre, middle}, 3, entry.shape, entry.role));
        break;
    case Swatch::line:
        items.push_back({line});
        break;
    case Swatch::dots:
        items.push_back(marker({centre, middle}, 3, entry.shape, entry.role));
        break;
    case Swatch::area:
    case Swatch::tint:
        items.push_back({Rectangle{{at.x + 2, middle - 5, kSwatchWidth - 4, 10},
                                   Fill{entry.role, entry.swatch == Swatch::tint},
                                   std::nullopt}});
        break;
    case Swatch::outline:
        items.push_back({Rectangle{
            {at.x + 2, middle - 5, kSwatchWidth - 4, 10}, std::nullopt, Stroke{entry.role, 1.5}}});
        break;
    case Swatch::interval:
        items.push_back({Segment{line.from, line.to, {entry.role, 2.5}}});
        items.push_back(marker({centre, middle}, 4, Shape::circle, entry.role));
        break;
    case Swatch::ramp:
        for (std::size_t i = 0; i < kRampRoles; ++i) {
            const double x = at.x + kRampStep * static_cast<double>(i);
            const double share = static_cast<double>(i) / static_cast<double>(kRampRoles);
            items.push_back(
                {Rectangle{{x, middle - 5, kRampStep, 10}, Fill{ramp_role(share)}, std::nullopt}});
        }
        break;
    }
}

} // namespace

double Legend::height() const noexcept {
    return rows == 0 ? 0 : static_cast<double>(rows) * kLegendRow + 2;
}

Shape shape_of(const Chart& chart, std::size_t series) noexcept {
    std::size_t before = 0;
    for (std::size_t i = 0; i < series && i < chart.series.size(); ++i) {
        before += has_shape(chart.series[i]) ? 1 : 0;
    }
    return static_cast<Shape>(before % 4);
}

Item marker(Place centre, double radius, Shape shape, Role role) {
    const double x = centre.x;
    const double y = centre.y;
    switch (shape) {
    case Shape::circle:
        return {Circle{centre, radius, Fill{role}, std::nullopt}};
    case Shape::square: {
        const double half = radius * 0.9;
        return {Rectangle{{x - half, y - half, 2 * half, 2 * half}, Fill{role}, std::nullopt}};
    }
    case Shape::triangle: {
        const double wide = radius * 1.2;
        return {Polygon{{{x, y - wide}, {x + wide, y + radius}, {x - wide, y + radius}}, {role}}};
    }
    case Shape::diamond: {
        const double far = radius * 1.3;
        return {Polygon{{{x, y - far}, {x + far, y}, {x, y + far}, {x - far, y}}, {role}}};
    }
    }
    return {Circle{centre, radius, Fill{role}, std::nullopt}};
}

Legend legend_of(const Chart& chart, double width) {
    Legend legend;
    double x = 0;
    std::size_t row = 0;
    for (LegendEntry& entry : named_entries(chart)) {
        const double sign = swatch_width(entry.swatch) + kGap;
        entry.name = cut_middle(entry.full, std::max(width - sign, 20.0), kFont);
        const double wide = sign + text_width(entry.name, kFont);
        if (x > 0 && x + wide > width) {
            x = 0;
            ++row;
        }
        if (row >= kRowsMax) {
            ++legend.left_out;
            continue;
        }
        entry.x = x;
        entry.row = row;
        x += wide + kEntryGap;
        legend.rows = row + 1;
        legend.entries.push_back(std::move(entry));
    }
    return legend;
}

std::vector<Item> drawn(const Legend& legend, Place corner) {
    std::vector<Item> items;
    for (const LegendEntry& entry : legend.entries) {
        const Place at{corner.x + entry.x, corner.y + kLegendRow * static_cast<double>(entry.row)};
        Group group;
        group.title = entry.name == entry.full ? "" : entry.full;
        draw_swatch(group.items, entry, at);
        group.items.push_back({Label{{at.x + swatch_width(entry.swatch) + kGap, at.y + 12},
                                     entry.name,
                                     Anchor::start,
                                     Role::text,
                                     kFont.size}});
        items.push_back({std::move(group)});
    }
    return items;
}

} // namespace assay::charts
