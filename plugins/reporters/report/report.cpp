// The reporter "report": writes one document, assay.report/1, as Markdown or as a page. It is not
// for runs: `assay report` makes the document of the history.
#include "markdown_writer.hpp"
#include "page_writer.hpp"
#include "parts.hpp"

#include <assay/reporter.hpp>

namespace report_reporter {
namespace {

class Reporter {
public:
    static constexpr std::string_view options_schema = R"({
  "type": "object",
  "properties": {
    "format": {"type": "string", "enum": ["markdown", "html"], "default": "markdown",
               "description": "html: a page without script or request"}
  },
  "additionalProperties": false
})";
    static constexpr std::string_view default_name = "history.md";

    Reporter(const assay::document& options, assay::sink out, assay::context host)
        : out_(out)
        , host_(host)
        , is_page_(options.str("/format", "markdown") == "html") {}

    void on(const assay::event_view& event) {
        if (event.kind() != assay::event_kind::document || written_) {
            return;
        }
        const std::string text(event.json());
        const auto tree = assay::import_formats::JsonTree::read(text);
        tree.check(text);
        const auto document = tree.root()["document"];
        if (document["schema"].text() != "assay.report/1") {
            return; // of another reporter
        }
        const ReportText report = report_text_of(document);
        out_.write(is_page_ ? page_of(report) : markdown_of(report));
        written_ = true;
    }

    // Of a run there is no document: the file says whose it would be, and so do we.
    void finish() {
        if (!written_) {
            host_.warn("nothing is told of a run: 'assay report' tells of the recorded history");
            const ReportText empty{
                .title = "Performance report",
                .headline = "This report is made of the recorded history by 'assay report'; a run "
                            "alone gives none."};
            out_.write(is_page_ ? page_of(empty) : markdown_of(empty));
        }
    }

private:
    assay::sink out_;
    assay::context host_;
    bool is_page_;
    bool written_ = false;
};

} // namespace
} // namespace report_reporter

ASSAY_REPORTER("org.assay.report",
               "report",
               "0.1.0",
               report_reporter::Reporter,
               "\"description\":\"the recorded history in words\",\"license\":\"Apache-2.0\"")
