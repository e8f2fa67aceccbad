#include "charts/layout/extent.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

constexpr double kLargest = 1e300;      // what is beyond is held there: differences stay numbers
constexpr double kAir = 0.04;           // of the range, at both ends
constexpr double kAirAlong = 0.015;     // the same along x, where points stand beside each other
constexpr double kRuleReach = 2.5;      // times the range: rules farther away are told, not shown
constexpr double kLeastRange = 1e-9;    // of the magnitude: less is taken for one value
constexpr double kAloneShare = 0.1;     // of the magnitude, at both sides of a single value
constexpr double kAloneSeconds = 43200; // the same on an axis of moments
constexpr double kAloneDecades = 0.3;

class Gathering {
public:
    explicit Gathering(bool is_log)
        : is_log_(is_log) {}

    void add(double value) {
        if (!std::isfinite(value)) {
            return;
        }
        if (is_log_ && value <= 0) {
            ++left_out_;
            return;
        }
        const double held = std::clamp(value, -kLargest, kLargest);
        low_ = values_ == 0 ? held : std::min(low_, held);
        high_ = values_ == 0 ? held : std::max(high_, held);
        ++values_;
    }

    [[nodiscard]] Extent extent() const { return {{low_, high_}, values_, left_out_}; }

private:
    bool is_log_;
    double low_ = 0, high_ = 1;
    std::size_t values_ = 0, left_out_ = 0;
};

// Every value of a series along one axis.
class Collector {
public:
    Collector(Gathering& into, Along axis, bool sideways)
        : into_(into)
        , is_x_(axis == Along::x)
        , lengths_(is_x_ == sideways) {}

    void operator()(const Line& line) const { points(line.points); }

    void operator()(const Dots& dots) const { points(dots.points); }

    void operator()(const Band& band) const {
        for (const BandPoint& point : band.points) {
            if (is_x_) {
                into_.add(point.x);
            } else {
                both(point.low, point.high);
            }
        }
    }

    void operator()(const Bars& bars) const {
        for (const Bar& bar : bars.bars) {
            lengths_ ? both(bar.from, bar.to) : both(bar.low, bar.high);
        }
    }

    void operator()(const Intervals& all) const {
        for (const Interval& one : all.intervals) {
            lengths_ ? both(one.low, one.high) : into_.add(one.place);
            if (lengths_) {
                into_.add(one.middle);
            }
        }
    }

    void operator()(const Cells& cells) const {
        for (const Cell& cell : cells.cells) {
            into_.add(is_x_ ? cell.x : cell.y);
        }
    }

private:
    // A point of which the other coordinate is missing is not drawn.
    void points(const std::vector<Point>& all) const {
        for (const Point& point : all) {
            if (std::isfinite(point.x) && std::isfinite(point.y)) {
                into_.add(is_x_ ? point.x : point.y);
            }
        }
    }

    void both(double low, double high) const {
        into_.add(low);
        into_.add(high);
    }

    Gathering& into_;
    bool is_x_, lengths_;
};

double to_linear(double value, bool is_log) {
    return is_log ? std::log10(value) : value;
}

double from_linear(double value, bool is_log) {
    return is_log ? std::pow(10, value) : value;
}

// One value only, or as good as one: it stands in the middle of something.
Range around(double value, Scale scale) {
    if (scale == Scale::log) {
        return {std::log10(value) - kAloneDecades, std::log10(value) + kAloneDecades};
    }
    const double half = scale == Scale::time ? kAloneSeconds
                        : value == 0         ? 1
                                             : std::abs(value) * kAloneShare;
    return {value - half, value + half};
}

// The nearest rules are seen: those that stretch the range by no more than kRuleReach.
Range with_rules(Range range, const Chart& chart, Along axis, bool is_log) {
    const double reach = (range.high - range.low) * kRuleReach;
    Range reached = range;
    for (const Rule& rule : chart.rules) {
        if (rule.on != axis || !std::isfinite(rule.at) || (is_log && rule.at <= 0)) {
            continue;
        }
        const double at = to_linear(rule.at, is_log);
        if (at >= range.low - reach && at <= range.high + reach) {
            reached = {std::min(reached.low, at), std::max(reached.high, at)};
        }
    }
    return reached;
}

Range aired(Range range, const Axis& axis, Along along) {
    const double air = (range.high - range.low) * (along == Along::x ? kAirAlong : kAir);
    Range wide{range.low - air, range.high + air};
    // Zero is an end by itself where nothing lies below it.
    if (axis.scale == Scale::linear && range.low >= 0 && wide.low < 0) {
        wide.low = 0;
    }
    if (axis.scale == Scale::linear && range.high <= 0 && wide.high > 0) {
        wide.high = 0;
    }
    return wide;
}

Range with_bounds(Range range, const Axis& axis) {
    const bool is_log = axis.scale == Scale::log;
    const auto usable = [&](const std::optional<double>& bound) {
        return bound && std::isfinite(*bound) && (!is_log || *bound > 0);
    };
    const Range bound{usable(axis.low) ? *axis.low : range.low,
                      usable(axis.high) ? *axis.high : range.high};
    return bound.high > bound.low ? bound : range;
}

} // namespace

Extent extent_of(const Chart& chart, Along axis) {
    const Axis& along = axis == Along::x ? chart.x : chart.y;
    const bool is_log = along.scale == Scale::log;
    Gathering gathering(is_log);
    for (const Series& series : chart.series) {
        std::visit(Collector(gathering, axis, is_sideways(chart)), series);
    }
    Extent extent = gathering.extent();
    if (along.scale == Scale::category) {
        extent.range = {
            -0.5, static_cast<double>(std::max<std::size_t>(along.categories.size(), 1)) - 0.5};
        return extent;
    }
    if (extent.values == 0) {
        extent.range = is_log ? Range{1, 10} : Range{0, 1};
        return extent;
    }
    Range range{to_linear(extent.range.low, is_log), to_linear(extent.range.high, is_log)};
    if (along.from_zero && !is_log) {
        range = {std::min(range.low, 0.0), std::max(range.high, 0.0)};
    }
    const double magnitude = std::max(std::abs(range.low), std::abs(range.high));
    if (range.high - range.low <= magnitude * kLeastRange) {
        range = around(extent.range.low, along.scale);
    }
    range = aired(with_rules(range, chart, axis, is_log), along, axis);
    extent.range =
        with_bounds({from_linear(range.low, is_log), from_linear(range.high, is_log)}, along);
    return extent;
}

} // namespace assay::charts
