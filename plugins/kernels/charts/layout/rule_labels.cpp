#include "charts/layout/rule_labels.hpp"

#include "charts/clean_text.hpp"
#include "charts/text_width.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

constexpr Font kRuleFont{.size = kLabelSize};
constexpr std::size_t kStripRowsMax = 3;
constexpr double kRuleGap = 8;

// What a rule is called where it is drawn, or, with an arrow, where it would be.
std::string name_of(const Rule& rule, const AxisMapping& mapping) {
    std::string name = clean_text(rule.label);
    if (name.empty() || mapping.contains(rule.at)) {
        return name;
    }
    const bool is_above = rule.at > mapping.range().high;
    if (rule.on == Along::y) {
        return (is_above ? "\u2191 " : "\u2193 ") + name;
    }
    return is_above ? name + " \u2192" : "\u2190 " + name;
}

double held_place(const Rule& rule, const AxisMapping& mapping) {
    return mapping.at(std::clamp(rule.at, mapping.range().low, mapping.range().high));
}

std::vector<const Rule*> named_rules(const Chart& chart, Along on, const AxisMapping& mapping) {
    std::vector<const Rule*> rules;
    for (const Rule& rule : chart.rules) {
        if (rule.on == on && !rule.label.empty() && std::isfinite(mapping.at(rule.at))) {
            rules.push_back(&rule);
        }
    }
    std::stable_sort(rules.begin(), rules.end(), [&](const Rule* one, const Rule* other) {
        return held_place(*one, mapping) < held_place(*other, mapping);
    });
    return rules;
}

AxisLabel label_of(const Rule& rule, const AxisMapping& mapping, double widest) {
    const std::string name = name_of(rule, mapping);
    AxisLabel label;
    label.text = cut_middle(name, widest, kRuleFont);
    label.full = label.text == name ? "" : name;
    label.role = rule.role;
    return label;
}

// Over the rule, or beside it, in the lowest row that is free there: x in pixels, y counts rows.
std::optional<Place>
free_place(double at, double wide, double width, const std::vector<double>& ends) {
    for (std::size_t row = 0; row < ends.size(); ++row) {
        for (const double begin : {at - wide / 2, at - 2, at - wide + 2}) {
            const double held = std::clamp(begin, 0.0, std::max(width - wide, 0.0));
            if (held >= ends[row]) {
                return Place{held, static_cast<double>(row)};
            }
        }
    }
    return std::nullopt;
}

} // namespace

RuleStrip strip_above(const Chart& chart, const AxisMapping& x, double width, double taken) {
    RuleStrip strip;
    std::vector<double> ends(kStripRowsMax, kMargin / 2);
    ends.front() = taken > 0 ? taken + kRuleGap : kMargin / 2;
    strip.rows = taken > 0 ? 1 : 0;
    for (const Rule* rule : named_rules(chart, Along::x, x)) {
        AxisLabel label = label_of(*rule, x, width * 0.45);
        const double wide = text_width(label.text, kRuleFont);
        const auto place = free_place(held_place(*rule, x), wide, width - kMargin / 2, ends);
        if (!place) {
            ++strip.left_out;
            continue;
        }
        const auto row = static_cast<std::size_t>(place->y);
        ends[row] = place->x + wide + kRuleGap;
        label.place = *place;
        strip.rows = std::max(strip.rows, row + 1);
        strip.labels.push_back(std::move(label));
    }
    return strip;
}

double right_width(const Chart& chart, const AxisMapping& y, double widest) {
    double width = 0;
    for (const Rule* rule : named_rules(chart, Along::y, y)) {
        width = std::max(width, text_width(label_of(*rule, y, widest).text, kRuleFont));
    }
    return width;
}

std::vector<AxisLabel>
labels_at_right(const Chart& chart, const AxisMapping& y, const Box& plot, double widest) {
    std::vector<AxisLabel> labels;
    double least = plot.y + 4;
    for (const Rule* rule : named_rules(chart, Along::y, y)) {
        AxisLabel label = label_of(*rule, y, widest);
        const double wanted = held_place(*rule, y) + kLabelSize * 0.36;
        label.place = {plot.right() + 6, std::max(wanted, least)};
        least = label.place.y + kLineHeight - 1;
        labels.push_back(std::move(label));
    }
    // What was pushed below the plot goes up again, and pushes those above it.
    double most = plot.bottom() + 4;
    std::for_each(labels.rbegin(), labels.rend(), [&most](AxisLabel& label) {
        label.place.y = std::min(label.place.y, most);
        most = label.place.y - kLineHeight + 1;
    });
    // More than the height holds: the uppermost have no room.
    std::erase_if(labels, [&](const AxisLabel& label) { return label.place.y < plot.y; });
    return labels;
}

} // namespace assay::charts
