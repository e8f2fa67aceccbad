// The reporter "charts": pictures of one run. A page with all of them, and each as SVG and PNG
// below charts/. The distribution of a case is written when the case ends; what is kept of it is
// one row.
#include "charts/layout.hpp"
#include "charts/svg.hpp"
#include "page.hpp"
#include "png_image.hpp"
#include "run_charts/run_figures.hpp"

#include <assay/reporter.hpp>

#include <algorithm>
#include <string>

namespace charts_reporter {
namespace {

using assay::charts::Chart;
using assay::charts::Drawing;

constexpr double kPngScale = 2; // sharp on screens with small pixels
constexpr std::size_t kNameMax = 60;

// "router/least_latency[n=16]" as a file name that every system takes.
std::string file_word(std::string_view id) {
    std::string word;
    for (const char c : id.substr(0, kNameMax)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '_';
        word += plain ? c : '_';
    }
    return word;
}

std::string three_digits(std::size_t number) {
    const std::string digits = std::to_string(number);
    return std::string(3 - std::min<std::size_t>(digits.size(), 3), '0') + digits;
}

class Reporter {
public:
    static constexpr std::string_view options_schema = R"({
  "type": "object",
  "properties": {
    "files": {"type": "boolean", "default": true,
              "description": "each chart as a file below charts/ too; false: the page alone"},
    "png": {"type": "boolean", "default": true,
            "description": "PNG beside SVG, where the reporter was built with cairo"},
    "width": {"type": "integer", "minimum": 300, "maximum": 4000, "default": 720,
              "description": "of every chart, in pixels"},
    "distributions": {"type": "integer", "minimum": 0, "maximum": 200, "default": 30,
                      "description": "so many cases get a histogram of their samples"}
  },
  "additionalProperties": false
})";
    static constexpr std::string_view default_name = "charts.html";

    Reporter(const assay::document& options, assay::sink out, assay::context host)
        : out_(out)
        , files_(options.boolean("/files", true))
        , png_(files_ && options.boolean("/png", true))
        , width_(static_cast<double>(options.i64("/width", 720)))
        , distributions_max_(static_cast<std::size_t>(options.i64("/distributions", 30))) {
        if (png_ && !png_is_available()) {
            host.warn(kNoPng);
            png_ = false;
        }
    }

    void on(const assay::event_view& event) {
        if (event.kind() != assay::event_kind::case_end) {
            return;
        }
        figures_.add(event);
        if (auto chart = run_charts::distribution_of(event)) {
            ++distributions_;
            if (distributions_ <= distributions_max_) {
                spread_ += figure(*chart,
                                  "distribution/" + three_digits(distributions_) + "-" +
                                      file_word(event.case_id()));
            }
        }
    }

    void finish() {
        out_.write(page_begin("Charts of a run"));
        out_.write(page_text(std::to_string(figures_.cases()) +
                             (figures_.cases() == 1 ? " case" : " cases")));
        const auto charts = figures_.charts();
        for (const run_charts::NamedChart& one : charts) {
            out_.write(figure(one.chart, one.name));
        }
        if (charts.empty() && spread_.empty()) {
            out_.write(page_text("No case gave a figure that could be drawn."));
        }
        out_.write(spread_);
        if (distributions_ > distributions_max_) {
            out_.write(page_text(std::to_string(distributions_ - distributions_max_) +
                                 " more cases have samples that are not drawn; the option "
                                 "'distributions' says how many are."));
        }
        out_.write(page_end());
    }

private:
    // Writes the files of a chart, and returns what the page shows of it.
    std::string figure(const Chart& chart, const std::string& name) {
        const assay::charts::Size size{width_, chart.size.height};
        const Drawing drawing = assay::charts::lay_out(chart, size);
        std::vector<std::string> written;
        if (files_) {
            written.push_back("charts/" + name + ".svg");
            out_.open_extra(written.back()).write(svg_text(drawing));
        }
        if (png_) {
            written.push_back("charts/" + name + ".png");
            out_.open_extra(written.back()).write(png_bytes(drawing, kPngScale));
        }
        return page_figure(chart, size, written);
    }

    assay::sink out_;
    bool files_, png_;
    double width_;
    std::size_t distributions_max_, distributions_ = 0;
    run_charts::RunFigures figures_;
    std::string spread_; // the page's histograms, at most distributions_max_ of them
};

} // namespace
} // namespace charts_reporter

ASSAY_REPORTER(
    "org.assay.charts",
    "charts",
    "0.1.0",
    charts_reporter::Reporter,
    "\"description\":\"pictures of a run: SVG, PNG and a page\",\"license\":\"Apache-2.0\"")
