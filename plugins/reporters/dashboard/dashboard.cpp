// The reporter "dashboard": draws one document, assay.dashboard/1, as a page. It is not for runs:
// `assay dashboard` makes the document of the history.
#include "embedded_page.hpp"
#include "page.hpp"
#include "told_dashboard.hpp"

#include <assay/reporter.hpp>

#include <optional>

namespace dashboard_reporter {
namespace {

class Reporter {
public:
    static constexpr std::string_view options_schema =
        R"({"type": "object", "properties": {}, "additionalProperties": false})";
    static constexpr std::string_view default_name = "dashboard.html";

    Reporter(const assay::document&, assay::sink out, assay::context host)
        : out_(out)
        , host_(host) {}

    void on(const assay::event_view& event) {
        if (event.kind() != assay::event_kind::document || drawn_) {
            return;
        }
        const std::optional<ToldDashboard> told = read_told(event.json());
        if (!told) {
            return; // of another reporter
        }
        if (embedded_script().empty()) {
            host_.warn("the page is written without interaction: this reporter was built without "
                       "uPlot; install npm, configure and build again");
        }
        out_.write(page_html(*told));
        drawn_ = true;
    }

    // Of a run there is no document: the page says whose it would be, and so do we.
    void finish() {
        if (!drawn_) {
            host_.warn("nothing is drawn of a run: 'assay dashboard' draws the recorded history");
            out_.write("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"
                       "<title>assay dashboard</title></head>\n<body><p>This page is drawn of "
                       "the recorded history by <code>assay dashboard</code>; a run alone gives "
                       "none.</p></body>\n</html>\n");
        }
    }

private:
    assay::sink out_;
    assay::context host_;
    bool drawn_ = false;
};

} // namespace
} // namespace dashboard_reporter

ASSAY_REPORTER("org.assay.dashboard",
               "dashboard",
               "0.1.0",
               dashboard_reporter::Reporter,
               "\"description\":\"the recorded history as one page\",\"license\":\"Apache-2.0\"")
