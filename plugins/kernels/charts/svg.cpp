#include "charts/svg.hpp"

#include "charts/clean_text.hpp"
#include "charts/number_text.hpp"
#include "charts/palette.hpp"

#include <algorithm>
#include <variant>

namespace assay::charts {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string attribute(std::string_view name, double value) {
    return attribute(name, coordinate(value));
}

std::string stroke_class(Role role) {
    return "s-" + std::string(role_name(role));
}

std::string fill_class(const Fill& fill) {
    return "f-" + std::string(role_name(fill.role)) + (fill.tint ? " tint" : "");
}

// What a stroke needs beyond its class; 1 pixel is the default of SVG.
std::string stroke_attributes(const Stroke& stroke) {
    std::string text = stroke.width == 1 ? "" : attribute("stroke-width", stroke.width);
    switch (stroke.dash) {
    case Dash::solid:
        break;
    case Dash::dashed:
        text += attribute("stroke-dasharray", "6 4");
        break;
    case Dash::dotted:
        text += attribute("stroke-dasharray", "2 3");
        break;
    }
    return text;
}

// Of a shape that may have either or both.
std::string paint(const std::optional<Fill>& fill, const std::optional<Stroke>& stroke) {
    std::string classes = fill ? fill_class(*fill) : "";
    if (stroke) {
        classes += (classes.empty() ? "" : " ") + stroke_class(stroke->role);
    }
    std::string text = attribute("class", classes);
    text += fill ? "" : attribute("fill", "none");
    return stroke ? text + stroke_attributes(*stroke) : text;
}

std::string points(const std::vector<Place>& places) {
    std::string text;
    for (const Place& place : places) {
        text += (text.empty() ? "" : " ") + coordinate(place.x) + "," + coordinate(place.y);
    }
    return text;
}

std::string_view anchor_word(Anchor anchor) {
    switch (anchor) {
    case Anchor::start:
        return "start";
    case Anchor::middle:
        return "middle";
    case Anchor::end:
        return "end";
    }
    return "start";
}

class Writer {
public:
    Writer(std::string& out, bool tips)
        : out_(out)
        , tips_(tips) {}

    void write(const std::vector<Item>& items) {
        for (const Item& item : items) {
            std::visit(*this, item.shape);
        }
    }

    void operator()(const Segment& line) {
        out_ += "<line" + attribute("x1", line.from.x) + attribute("y1", line.from.y) +
                attribute("x2", line.to.x) + attribute("y2", line.to.y) +
                attribute("class", stroke_class(line.stroke.role)) +
                stroke_attributes(line.stroke) + "/>\n";
    }

    void operator()(const Polyline& line) {
        out_ += "<polyline" + attribute("points", points(line.places)) + attribute("fill", "none") +
                attribute("class", stroke_class(line.stroke.role)) +
                stroke_attributes(line.stroke) + attribute("stroke-linejoin", "round") + "/>\n";
    }

    void operator()(const Polygon& polygon) {
        out_ += "<polygon" + attribute("points", points(polygon.places)) +
                attribute("class", fill_class(polygon.fill)) + "/>\n";
    }

    void operator()(const Rectangle& rectangle) {
        out_ += "<rect" + box(rectangle.box) + paint(rectangle.fill, rectangle.stroke) + "/>\n";
    }

    void operator()(const Circle& circle) {
        out_ += "<circle" + attribute("cx", circle.centre.x) + attribute("cy", circle.centre.y) +
                attribute("r", circle.radius) + paint(circle.fill, circle.stroke) + "/>\n";
    }

    void operator()(const Label& label) {
        out_ += "<text" + attribute("x", label.place.x) + attribute("y", label.place.y) +
                attribute("class", fill_class({label.role}) + (label.halo ? " halo" : ""));
        out_ += label.size == kLabelSize ? "" : attribute("font-size", label.size);
        if (label.anchor != Anchor::start) {
            out_ += attribute("text-anchor", anchor_word(label.anchor));
        }
        out_ += label.bold ? attribute("font-weight", "600") : "";
        out_ += ">" + xml_text(label.text) + "</text>\n";
    }

    // A nested <svg> clips what it holds without an id, of which a page with many charts would need
    // as many that differ.
    void operator()(const Group& group) {
        if (!tips_ && !group.clip) {
            write(group.items);
            return;
        }
        if (group.clip) {
            const Box& clip = *group.clip;
            out_ += "<svg" + box(clip) +
                    attribute("viewBox",
                              coordinate(clip.x) + " " + coordinate(clip.y) + " " +
                                  coordinate(clip.width) + " " + coordinate(clip.height)) +
                    attribute("overflow", "hidden") + ">\n";
        } else {
            out_ += "<g>";
        }
        if (tips_ && !group.title.empty()) {
            out_ += "<title>" + xml_text(group.title) + "</title>";
        }
        write(group.items);
        out_ += group.clip ? "</svg>\n" : "</g>\n";
    }

private:
    static std::string box(const Box& box) {
        return attribute("x", box.x) + attribute("y", box.y) + attribute("width", box.width) +
               attribute("height", box.height);
    }

    std::string& out_;
    bool tips_;
};

std::string colour_rules(Ground ground) {
    std::string rules;
    for (std::size_t i = 0; i < kRoles; ++i) {
        const Role role = static_cast<Role>(i);
        const std::string name(role_name(role));
        const std::string hex = hex_text(colour_of(role, ground));
        rules += ".assay-chart .s-" + name + "{stroke:" + hex + "}";
        rules += ".assay-chart .f-" + name + "{fill:" + hex + "}\n";
        if (role == Role::surface) {
            rules += ".assay-chart .halo{stroke:" + hex + "}\n";
        }
    }
    return rules;
}

} // namespace

std::string xml_text(std::string_view text) {
    std::string out;
    for (const char c : clean_text(text)) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string chart_style() {
    std::string style =
        ".assay-chart{font-family:\"DejaVu Sans\",Verdana,\"Segoe UI\",system-ui,sans-serif;"
        "font-variant-numeric:tabular-nums;max-width:100%;height:auto}\n"
        ".assay-chart .tint{fill-opacity:" +
        short_number(kTintOpacity) + "}\n" +
        ".assay-chart .halo{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}\n";
    style += colour_rules(Ground::light);
    // Paper is light, whatever the screen is.
    style +=
        "@media screen and (prefers-color-scheme:dark){\n" + colour_rules(Ground::dark) + "}\n";
    return style;
}

std::string svg_text(const Drawing& drawing, SvgOptions options) {
    const std::string width = coordinate(drawing.size.width);
    const std::string height = coordinate(drawing.size.height);
    std::string out = R"(<svg xmlns="http://www.w3.org/2000/svg" class="assay-chart" role="img")" +
                      attribute("width", width) + attribute("height", height) +
                      attribute("font-size", kLabelSize) +
                      attribute("viewBox", "0 0 " + width + " " + height) + ">\n";
    if (!drawing.title.empty()) {
        out += "<title>" + xml_text(drawing.title) + "</title>\n";
    }
    if (!drawing.description.empty()) {
        out += "<desc>" + xml_text(drawing.description) + "</desc>\n";
    }
    if (options.style) {
        out += "<style>" + chart_style() + "</style>\n";
    }
    Writer writer(out, options.tips);
    if (options.ground) {
        writer(Rectangle{
            {0, 0, drawing.size.width, drawing.size.height}, Fill{Role::surface}, std::nullopt});
    }
    writer.write(drawing.items);
    return out + "</svg>\n";
}

} // namespace assay::charts
