// A drawing: what is where, in pixels from the upper left corner, in the order of painting. Made by
// layout.hpp; written by svg.hpp, or painted by whoever can draw lines and letters.
//
//   for (const Item& item : drawing.items) std::visit(painter, item.shape);
//
// Plain values. All numbers are finite, all texts are valid UTF-8.
#pragma once

#include "charts/chart.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace assay::charts {

struct Place {
    double x = 0, y = 0;
};

struct Box {
    double x = 0, y = 0, width = 0, height = 0;

    [[nodiscard]] double right() const noexcept { return x + width; }

    [[nodiscard]] double bottom() const noexcept { return y + height; }
};

struct Stroke {
    Role role = Role::text;
    double width = 1;
    Dash dash = Dash::solid;
};

struct Fill {
    Role role = Role::text;
    bool tint = false; // what is behind shines through
};

struct Segment {
    Place from, to;
    Stroke stroke;
};

struct Polyline {
    std::vector<Place> places;
    Stroke stroke;
};

struct Polygon {
    std::vector<Place> places;
    Fill fill;
};

struct Rectangle {
    Box box;
    std::optional<Fill> fill;
    std::optional<Stroke> stroke;
};

struct Circle {
    Place centre;
    double radius = 2;
    std::optional<Fill> fill;
    std::optional<Stroke> stroke;
};

enum class Anchor : std::uint8_t { start, middle, end };

inline constexpr double kLabelSize = 11;

struct Label {
    Place place; // on the base line
    std::string text;
    Anchor anchor = Anchor::start;
    Role role = Role::text;
    double size = kLabelSize;
    bool bold = false;
    bool halo = false; // keeps clear of lines behind it
};

struct Item;

// Things that belong together; `title` is told where one points at them.
struct Group {
    std::string title;
    std::optional<Box> clip; // nothing of it is seen outside
    std::vector<Item> items;
};

struct Item {
    std::variant<Segment, Polyline, Polygon, Rectangle, Circle, Label, Group> shape;
};

struct Drawing {
    Size size;
    std::string title, description;
    std::vector<Item> items;
};

} // namespace assay::charts
