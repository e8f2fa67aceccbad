#include "canned_charts.hpp"
#include "charts/layout.hpp"
#include "charts/svg.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <clocale>
#include <limits>

namespace svg_test {

using namespace assay::charts;

namespace {

const std::string kHostile =
    "</text></svg><script>alert(\"x\" + 'y')</script>&amp;]]>\x01\xff\u202E";

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

// All texts of a chart, whatever they are for, replaced.
Chart hostile(Chart chart) {
    chart.title = chart.subtitle = chart.description = chart.empty = kHostile;
    chart.x.title = chart.y.title = chart.x.unit = chart.y.unit = kHostile;
    chart.notes = {kHostile};
    for (auto* names : {&chart.x.categories, &chart.y.categories}) {
        std::fill(names->begin(), names->end(), kHostile);
    }
    for (Rule& rule : chart.rules) {
        rule.label = rule.note = kHostile;
    }
    for (Span& span : chart.spans) {
        span.name = span.note = kHostile;
    }
    for (Series& series : chart.series) {
        std::visit([](auto& one) { one.name = kHostile; }, series);
        if (auto* bars = std::get_if<Bars>(&series)) {
            for (Bar& bar : bars->bars) {
                bar.label = bar.note = kHostile;
            }
        }
        if (auto* line = std::get_if<Line>(&series)) {
            for (Point& point : line->points) {
                point.note = kHostile;
            }
        }
    }
    return chart;
}

// Tags are closed in the order in which they were opened.
bool is_well_formed(const std::string& xml) {
    std::vector<std::string> open;
    for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
        const std::size_t end = xml.find('>', at);
        if (end == std::string::npos) {
            return false;
        }
        const std::string tag = xml.substr(at + 1, end - at - 1);
        const std::string name = tag.substr(0, tag.find_first_of(" \n"));
        if (tag.ends_with('/')) {
            continue;
        }
        if (!tag.starts_with('/')) {
            open.push_back(name);
        } else if (open.empty() || "/" + open.back() != name) {
            return false;
        } else {
            open.pop_back();
        }
    }
    return open.empty();
}

} // namespace

TEST_CASE("a picture is an image with a name and a description") {
    const std::string svg = svg_text(lay_out(canned::every_chart().at(0).chart));
    CHECK(svg.starts_with(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"assay-chart\" role=\"img\""));
    CHECK(svg.find("<title>router/least_latency[n=16]</title>") != std::string::npos);
    CHECK(svg.find("<desc>89 runs from 2026-07-26 to 2026-10-22") != std::string::npos);
    CHECK(count(svg, "<style>") == 1);
    CHECK(svg.ends_with("</svg>\n"));
}

TEST_CASE("every figure is well formed and asks for nothing") {
    for (const canned::NamedChart& one : canned::every_chart()) {
        const std::string svg = svg_text(lay_out(one.chart));
        CAPTURE(one.name);
        CHECK(is_well_formed(svg));
        CHECK(count(svg, " style=") == 0); // a page's policy forbids it
        CHECK(count(svg, "href") == 0);
        CHECK(count(svg, "url(") == 0);
        CHECK(count(svg, " id=") == 0); // many charts stand in one page
        CHECK(count(svg, "http") == 1); // the name space
        CHECK(count(svg, "nan") == 0);
        CHECK(count(svg, "\"-0\"") == 0);
    }
}

TEST_CASE("hostile texts stay texts") {
    for (const canned::NamedChart& one : canned::every_chart()) {
        const std::string svg = svg_text(lay_out(hostile(one.chart)));
        CAPTURE(one.name);
        CHECK(is_well_formed(svg));
        CHECK(count(svg, "<script") == 0);
        CHECK(count(svg, "]]>") == 0);
        CHECK(count(svg, "\x01") == 0);
        CHECK(count(svg, "\xff") == 0);
        CHECK(count(svg, "\u202E") == 0);
        CHECK(
            count(svg, "&lt;script&gt;alert(&quot;x&quot; + &#39;y&#39;)&lt;/script&gt;&amp;amp;") >
            0);
    }
}

TEST_CASE("the style can be left out for a page that has it") {
    const Drawing drawing = lay_out(canned::every_chart().at(2).chart);
    const std::string bare = svg_text(drawing, {.style = false, .ground = false});
    const std::string whole = svg_text(drawing);
    CHECK(count(bare, "<style") == 0);
    CHECK(bare.size() + chart_style().size() < whole.size());
    CHECK(count(whole, "<rect") == count(bare, "<rect") + 1);
}

TEST_CASE("without tips a picture has the same shapes, and its own title alone") {
    for (const canned::NamedChart& one : canned::every_chart()) {
        const Drawing drawing = lay_out(one.chart);
        const std::string bare = svg_text(drawing, {.tips = false});
        const std::string whole = svg_text(drawing);
        CAPTURE(one.name);
        CHECK(is_well_formed(bare));
        CHECK(count(bare, "<title") == (drawing.title.empty() ? 0 : 1));
        for (const char* const shape : {"<rect", "<circle", "<line", "<text", "<poly", "<svg"}) {
            CHECK(count(bare, shape) == count(whole, shape));
        }
    }
}

TEST_CASE("every class of every figure is in the style sheet") {
    const std::string style = chart_style();
    for (const canned::NamedChart& one : canned::every_chart()) {
        const std::string svg = svg_text(lay_out(one.chart), {.style = false});
        for (std::size_t at = svg.find("class=\""); at != std::string::npos;
             at = svg.find("class=\"", at + 1)) {
            const std::string classes = svg.substr(at + 7, svg.find('"', at + 7) - at - 7);
            const std::string first = classes.substr(0, classes.find(' '));
            CAPTURE(classes);
            CHECK(style.find("." + first + "{") != std::string::npos);
        }
    }
    CHECK(count(style, "prefers-color-scheme:dark") == 1);
    CHECK(style.find("</") == std::string::npos); // it may stand in a page as it is
}

TEST_CASE("the same chart is the same bytes, in every locale") {
    const std::string before = svg_text(lay_out(canned::every_chart().at(0).chart));
    CHECK(before == svg_text(lay_out(canned::every_chart().at(0).chart)));
    const char* set = std::setlocale(LC_ALL, "de_DE.UTF-8");
    const std::string after = svg_text(lay_out(canned::every_chart().at(0).chart));
    std::setlocale(LC_ALL, "C");
    CHECK(before == after);
    if (set == nullptr) {
        MESSAGE("this machine has no locale with a decimal comma: compared in its own");
    }
}

TEST_CASE("a drawing with numbers that are none is still a picture") {
    const double none = std::numeric_limits<double>::quiet_NaN();
    Drawing drawing{{100, 50}, "", "", {}};
    drawing.items.push_back({Segment{{none, 1}, {1e308, -1e308}, {}}});
    const std::string svg = svg_text(drawing);
    CHECK(svg.find("x1=\"0\" y1=\"1\" x2=\"1000000\" y2=\"-1000000\"") != std::string::npos);
    CHECK(svg.find("<title>") == std::string::npos);
}

} // namespace svg_test
