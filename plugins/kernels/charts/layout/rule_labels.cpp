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

} // namespace

RuleStrip strip_above(const Chart& chart, const AxisMapping& x, double width, double taken) {
    RuleStrip strip;
    std::vector<double> ends{taken > 0 ? taken + kRuleGap : kMargin / 2};
    ends.resize(kStripRowsMax, kMargin / 2);
    strip.rows = taken > 0 ? 1 : 0;
    for (const Rule* rule : named_rules(chart, Along::x, x)) {
        AxisLabel label = label_of(*rule, x, width * 0.45);
        const double wide = text_width(label.text, kRuleFont);
        const double most = std::max(width - kMargin / 2 - wide, 0.0);
        const double wanted = std::clamp(held_place(*rule, x) - wide / 2, 0.0, most);
        const auto row = std::find_if(
            ends.begin(), ends.end(), [&](double end) { return std::max(wanted, 0.0) >= end; });
        if (row == ends.end()) {
            ++strip.left_out;
            continue;
        }
        *row = wanted + wide + kRuleGap;
        const auto index = static_cast<std::size_t>(row - ends.begin());
        label.place = {wanted, static_cast<double>(index)};
        strip.rows = std::max(strip.rows, index + 1);
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
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
        label->place.y = std::min(label->place.y, most);
        most = label->place.y - kLineHeight + 1;
    }
    // More than the height holds: the uppermost have no room.
    std::erase_if(labels, [&](const AxisLabel& label) { return label.place.y < plot.y - 4; });
    return labels;
}

} // namespace assay::charts
