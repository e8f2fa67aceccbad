#include "charts/palette.hpp"
#include "png_image.hpp"

#include <cairo.h>
#include <memory>
#include <stdexcept>
#include <variant>

namespace charts_reporter {
namespace {

using namespace assay::charts;

constexpr double kHalo = 3;
constexpr double kPixelsMax = 20'000; // along one side: 1.6 GB would be the picture of a mistake

struct CloseSurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

struct CloseContext {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
};

using Surface = std::unique_ptr<cairo_surface_t, CloseSurface>;
using Context = std::unique_ptr<cairo_t, CloseContext>;

class Painter {
public:
    explicit Painter(cairo_t* context)
        : at_(context) {}

    void paint(const std::vector<Item>& items) {
        for (const Item& item : items) {
            std::visit(*this, item.shape);
        }
    }

    void operator()(const Segment& line) {
        cairo_move_to(at_, line.from.x, line.from.y);
        cairo_line_to(at_, line.to.x, line.to.y);
        stroke(line.stroke);
    }

    void operator()(const Polyline& line) {
        path(line.places);
        stroke(line.stroke);
    }

    void operator()(const Polygon& polygon) {
        path(polygon.places);
        cairo_close_path(at_);
        fill(polygon.fill);
        cairo_new_path(at_);
    }

    void operator()(const Rectangle& rectangle) {
        const Box& box = rectangle.box;
        cairo_rectangle(at_, box.x, box.y, box.width, box.height);
        both(rectangle.fill, rectangle.stroke);
    }

    void operator()(const Circle& circle) {
        constexpr double kWholeTurn = 6.283185307179586;
        cairo_new_sub_path(at_);
        cairo_arc(at_, circle.centre.x, circle.centre.y, circle.radius, 0, kWholeTurn);
        both(circle.fill, circle.stroke);
    }

    void operator()(const Label& label) {
        cairo_select_font_face(at_,
                               "DejaVu Sans",
                               CAIRO_FONT_SLANT_NORMAL,
                               label.bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
        cairo_set_font_size(at_, label.size);
        cairo_text_extents_t extents;
        cairo_text_extents(at_, label.text.c_str(), &extents);
        const double before = label.anchor == Anchor::start    ? 0
                              : label.anchor == Anchor::middle ? extents.x_advance / 2
                                                               : extents.x_advance;
        if (label.halo) {
            cairo_move_to(at_, label.place.x - before, label.place.y);
            cairo_text_path(at_, label.text.c_str());
            stroke({Role::surface, kHalo, Dash::solid});
        }
        colour(label.role, 1);
        cairo_move_to(at_, label.place.x - before, label.place.y);
        cairo_show_text(at_, label.text.c_str());
        cairo_new_path(at_);
    }

    void operator()(const Group& group) {
        cairo_save(at_);
        if (group.clip) {
            cairo_rectangle(
                at_, group.clip->x, group.clip->y, group.clip->width, group.clip->height);
            cairo_clip(at_);
        }
        paint(group.items);
        cairo_restore(at_);
    }

private:
    void path(const std::vector<Place>& places) {
        for (const Place& place : places) {
            cairo_line_to(at_, place.x, place.y); // the first of a path moves
        }
    }

    void colour(Role role, double opacity) {
        const Colour light = colour_of(role, Ground::light);
        cairo_set_source_rgba(
            at_, light.red / 255.0, light.green / 255.0, light.blue / 255.0, opacity);
    }

    void fill(const Fill& fill) {
        colour(fill.role, fill.tint ? kTintOpacity : 1);
        cairo_fill_preserve(at_);
    }

    void stroke(const Stroke& stroke) {
        static constexpr double kDashed[] = {6, 4};
        static constexpr double kDotted[] = {2, 3};
        switch (stroke.dash) {
        case Dash::solid:
            cairo_set_dash(at_, nullptr, 0, 0);
            break;
        case Dash::dashed:
            cairo_set_dash(at_, kDashed, 2, 0);
            break;
        case Dash::dotted:
            cairo_set_dash(at_, kDotted, 2, 0);
            break;
        }
        colour(stroke.role, 1);
        cairo_set_line_width(at_, stroke.width);
        cairo_set_line_join(at_, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(at_);
    }

    void both(const std::optional<Fill>& filled, const std::optional<Stroke>& edge) {
        if (filled) {
            fill(*filled);
        }
        if (edge) {
            stroke(*edge);
        }
        cairo_new_path(at_);
    }

    cairo_t* at_;
};

cairo_status_t append(void* closure, const unsigned char* bytes, unsigned int count) {
    try {
        static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(bytes), count);
    } catch (...) { // bad_alloc must not cross cairo's frames
        return CAIRO_STATUS_NO_MEMORY;
    }
    return CAIRO_STATUS_SUCCESS;
}

void check(cairo_status_t status) {
    if (status != CAIRO_STATUS_SUCCESS) {
        throw std::runtime_error(std::string("cairo cannot paint the chart: ") +
                                 cairo_status_to_string(status));
    }
}

} // namespace

bool png_is_available() noexcept {
    return true;
}

std::string png_bytes(const Drawing& drawing, double scale) {
    const double width = std::min(drawing.size.width * scale, kPixelsMax);
    const double height = std::min(drawing.size.height * scale, kPixelsMax);
    const Surface surface(cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, static_cast<int>(width), static_cast<int>(height)));
    check(cairo_surface_status(surface.get()));
    const Context context(cairo_create(surface.get()));
    cairo_scale(context.get(), scale, scale);
    Painter painter(context.get());
    painter(Rectangle{
        {0, 0, drawing.size.width, drawing.size.height}, Fill{Role::surface}, std::nullopt});
    painter.paint(drawing.items);
    check(cairo_status(context.get()));
    std::string bytes;
    check(cairo_surface_write_to_png_stream(surface.get(), append, &bytes));
    return bytes;
}

} // namespace charts_reporter
