// The reporter "html": one run, comparison or gate as a page of its own, to be kept, mailed or
// printed. The page of a history is the reporter "dashboard".
#include "page.hpp"
#include "report_text/told_run.hpp"
#include "run_charts/run_figures.hpp"

#include <assay/reporter.hpp>

#include <string>

namespace html_reporter {
namespace {

class Reporter {
public:
    static constexpr std::string_view options_schema = R"({
  "type": "object",
  "properties": {
    "distributions": {"type": "integer", "minimum": 0, "maximum": 200, "default": 12,
                      "description": "so many cases get a histogram of their samples"}
  },
  "additionalProperties": false
})";
    static constexpr std::string_view default_name = "report.html";

    Reporter(const assay::document& options, assay::sink out)
        : out_(out)
        , room_(static_cast<std::size_t>(options.i64("/distributions", 12))) {}

    void on(const assay::event_view& event) {
        reader_.take(event);
        if (event.kind() != assay::event_kind::case_end) {
            return;
        }
        figures_.add(event);
        if (room_ == 0) {
            return;
        }
        if (const auto chart = run_charts::distribution_of(event)) {
            distributions_ += figure_of(*chart);
            --room_;
        }
    }

    void finish() { out_.write(page_of(reader_.run(), figures_, distributions_)); }

private:
    assay::sink out_;
    std::size_t room_;
    report_text::RunReader reader_;
    run_charts::RunFigures figures_;
    std::string distributions_;
};

} // namespace
} // namespace html_reporter

ASSAY_REPORTER("org.assay.html",
               "html",
               "0.1.0",
               html_reporter::Reporter,
               "\"description\":\"one run as a page\",\"license\":\"Apache-2.0\"")
