#include "drawing_reader.hpp"

#include "charts/clean_text.hpp"
#include "charts/text_width.hpp"

#include <algorithm>
#include <cmath>

using namespace assay::charts;

namespace {

template <class Visitor>
void visit_all(const std::vector<Item>& items, Visitor& visitor) {
    for (const Item& item : items) {
        std::visit(visitor, item.shape);
        if (const auto* group = std::get_if<Group>(&item.shape)) {
            visit_all(group->items, visitor);
        }
    }
}

template <class Shape>
struct Collect {
    std::vector<Shape> found;

    void operator()(const Shape& shape) { found.push_back(shape); }

    void operator()(const auto&) {}
};

// Every number of every shape.
struct Numbers {
    bool all_finite = true;

    void number(double value) { all_finite = all_finite && std::isfinite(value); }

    void place(Place place) {
        number(place.x);
        number(place.y);
    }

    void box(const Box& box) {
        place({box.x, box.y});
        place({box.width, box.height});
        all_finite = all_finite && box.width >= 0 && box.height >= 0;
    }

    void operator()(const Segment& one) {
        place(one.from);
        place(one.to);
    }

    void operator()(const Polyline& one) {
        std::for_each(one.places.begin(), one.places.end(), [this](Place at) { place(at); });
    }

    void operator()(const Polygon& one) {
        std::for_each(one.places.begin(), one.places.end(), [this](Place at) { place(at); });
    }

    void operator()(const Rectangle& one) { box(one.box); }

    void operator()(const Circle& one) {
        place(one.centre);
        number(one.radius);
    }

    void operator()(const Label& one) { place(one.place); }

    void operator()(const Group& one) {
        if (one.clip) {
            box(*one.clip);
        }
    }
};

Box box_of(const Label& label) {
    const double width = text_width(label.text, {label.size, label.bold});
    const double x = label.anchor == Anchor::start    ? label.place.x
                     : label.anchor == Anchor::middle ? label.place.x - width / 2
                                                      : label.place.x - width;
    // From the top of a digit to the base line.
    return {x, label.place.y - label.size * 0.75, width, label.size * 0.75};
}

bool overlap(const Box& one, const Box& other) {
    return one.x < other.right() && other.x < one.right() && one.y < other.bottom() &&
           other.y < one.bottom();
}

bool is_inside(const Box& box, Size size) {
    return box.x >= -0.5 && box.y >= 0 && box.right() <= size.width + 0.5 &&
           box.bottom() <= size.height;
}

} // namespace

std::vector<Label> labels_in(const Drawing& drawing) {
    Collect<Label> collect;
    visit_all(drawing.items, collect);
    return collect.found;
}

std::vector<Polyline> lines_in(const Drawing& drawing) {
    Collect<Polyline> collect;
    visit_all(drawing.items, collect);
    return collect.found;
}

std::vector<std::string> texts_in(const Drawing& drawing) {
    std::vector<std::string> texts;
    for (const Label& label : labels_in(drawing)) {
        texts.push_back(label.text);
    }
    return texts;
}

bool has_text(const Drawing& drawing, const std::string& text) {
    const auto texts = texts_in(drawing);
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::vector<std::string> titles_in(const Drawing& drawing) {
    Collect<Group> collect;
    visit_all(drawing.items, collect);
    std::vector<std::string> titles;
    for (const Group& group : collect.found) {
        if (!group.title.empty()) {
            titles.push_back(group.title);
        }
    }
    return titles;
}

std::string complaints_about(const Drawing& drawing) {
    std::string complaints;
    Numbers numbers;
    visit_all(drawing.items, numbers);
    complaints += numbers.all_finite ? "" : "a number that is none, or a size below zero\n";
    const std::vector<Label> labels = labels_in(drawing);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const Box box = box_of(labels[i]);
        if (clean_text(labels[i].text) != labels[i].text) {
            complaints += "not clean: " + labels[i].text + "\n";
        }
        if (!is_inside(box, drawing.size)) {
            complaints += "clipped: " + labels[i].text + "\n";
        }
        for (std::size_t k = i + 1; k < labels.size(); ++k) {
            if (overlap(box, box_of(labels[k]))) {
                complaints += "overlap: " + labels[i].text + " | " + labels[k].text + "\n";
            }
        }
    }
    for (const std::string& title : titles_in(drawing)) {
        complaints += clean_text(title) == title ? "" : "not clean: " + title + "\n";
    }
    return complaints;
}
