#include "charts/layout/draw_series.hpp"

#include "charts/clean_text.hpp"
#include "charts/layout/draw_bars.hpp"
#include "charts/layout/thinning.hpp"

#include <algorithm>
#include <cmath>

namespace assay::charts {
namespace {

constexpr double kMarkerRoom = 4.5; // pixels for each point: markers stand free of each other
constexpr double kMarkerRadius = 2.4;

Item with_note(const std::string& note, std::vector<Item> items) {
    return {Group{clean_text(note), std::nullopt, std::move(items)}};
}

// What stands together without a gap.
template <class P, class Points, class PlaceOf>
std::vector<std::vector<P>> runs_of(const Points& points, PlaceOf place_of) {
    std::vector<std::vector<P>> runs;
    bool open = false;
    for (const auto& point : points) {
        const auto place = place_of(point);
        if (!place) {
            open = false;
            continue;
        }
        if (!open) {
            runs.emplace_back();
            open = true;
        }
        runs.back().push_back(*place);
    }
    return runs;
}

std::optional<Place> place_of(const Point& point, const Frame& frame) {
    const Place place{frame.x.at(point.x), frame.y.at(point.y)};
    if (!std::isfinite(place.x) || !std::isfinite(place.y)) {
        return std::nullopt;
    }
    return place;
}

std::vector<Place> as_steps(const std::vector<Place>& places) {
    std::vector<Place> steps;
    for (const Place& place : places) {
        if (!steps.empty()) {
            steps.push_back({place.x, steps.back().y});
        }
        steps.push_back(place);
    }
    return steps;
}

std::vector<Item> sign_of(const Point& point, Place place, Shape shape, Role role) {
    const double r = kMarkerRadius;
    switch (point.look) {
    case Look::filled:
        return {marker(place, r, shape, role)};
    case Look::hollow:
        return {{Circle{place, r + 0.8, Fill{Role::surface}, Stroke{role, 1.4}}}};
    case Look::crossed:
        return {{Segment{{place.x - r, place.y - r}, {place.x + r, place.y + r}, {role, 1.5}}},
                {Segment{{place.x - r, place.y + r}, {place.x + r, place.y - r}, {role, 1.5}}}};
    }
    return {};
}

class SeriesPainter {
public:
    SeriesPainter(const Chart& chart, const Frame& frame, DrawnSeries& drawn)
        : chart_(chart)
        , frame_(frame)
        , items_(drawn.items)
        , labels_(drawn.labels) {}

    void paint(std::size_t index) {
        index_ = index;
        std::visit(*this, chart_.series[index]);
    }

    void operator()(const Line& line) const {
        const auto runs = runs_of<Place>(
            line.points, [&](const Point& point) { return place_of(point, frame_); });
        for (const std::vector<Place>& run : runs) {
            if (run.size() == 1) { // no line can be seen: it is a dot
                items_.push_back({Circle{run.front(), 2, Fill{line.role}, std::nullopt}});
                continue;
            }
            const auto places = thinned(line.steps ? as_steps(run) : run, frame_.plot.width);
            items_.push_back({Polyline{places, {line.role, chart_.bare ? 1.2 : 1.6}}});
        }
        const auto count = static_cast<double>(line.points.size());
        signs(line.points, line.role, line.markers && count * kMarkerRoom <= frame_.plot.width);
    }

    void operator()(const Dots& dots) const { signs(dots.points, dots.role, true); }

    void operator()(const Band& band) const {
        const auto runs = runs_of<BandPlace>(
            band.points, [&](const BandPoint& point) -> std::optional<BandPlace> {
                const BandPlace place{
                    frame_.x.at(point.x), frame_.y.at(point.low), frame_.y.at(point.high)};
                const bool ok =
                    std::isfinite(place.x) && std::isfinite(place.low) && std::isfinite(place.high);
                return ok ? std::optional(place) : std::nullopt;
            });
        for (const std::vector<BandPlace>& run : runs) {
            area(thinned(run, frame_.plot.width), band.role);
        }
    }

    void operator()(const Bars& bars) const {
        draw_bars(items_, bars, chart_, frame_);
        draw_bar_labels(labels_, bars, chart_, frame_);
    }

    void operator()(const Intervals& all) const { draw_intervals(items_, all, chart_, frame_); }

    void operator()(const Cells& cells) const { draw_cells(items_, cells, frame_); }

private:
    // `all`: ordinary points too, not only those that are set apart.
    void signs(const std::vector<Point>& points, Role role, bool all) const {
        const Shape shape = shape_of(chart_, index_);
        for (const Point& point : points) {
            const auto place = place_of(point, frame_);
            if (!place || (!all && point.look == Look::filled)) {
                continue;
            }
            std::vector<Item> sign = sign_of(point, *place, shape, role);
            if (point.note.empty()) {
                items_.insert(items_.end(), sign.begin(), sign.end());
            } else {
                items_.push_back(with_note(point.note, std::move(sign)));
            }
        }
    }

    void area(const std::vector<BandPlace>& run, Role role) const {
        if (run.size() == 1) {
            const BandPlace& one = run.front();
            items_.push_back({Segment{{one.x, one.low}, {one.x, one.high}, {role, 1}}});
            return;
        }
        Polygon polygon;
        polygon.fill = {role, true};
        for (const BandPlace& place : run) {
            polygon.places.push_back({place.x, place.high});
        }
        std::for_each(run.rbegin(), run.rend(), [&polygon](const BandPlace& place) {
            polygon.places.push_back({place.x, place.low});
        });
        items_.push_back({std::move(polygon)});
    }

    const Chart& chart_;
    const Frame& frame_;
    std::vector<Item>& items_;
    std::vector<Item>& labels_;
    std::size_t index_ = 0;
};

} // namespace

DrawnSeries drawn_series(const Chart& chart, const Frame& frame) {
    DrawnSeries drawn;
    SeriesPainter painter(chart, frame, drawn);
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        painter.paint(i);
    }
    return drawn;
}

} // namespace assay::charts
