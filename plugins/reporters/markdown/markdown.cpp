// The reporter "markdown": a run, a comparison of two builds or a gate in GitHub-flavoured
// Markdown, whole or short enough for a comment. Written at the end, for what matters most stands
// first.
#include "report_text/markdown_report.hpp"

#include <assay/reporter.hpp>

namespace markdown_reporter {
namespace {

class Reporter {
public:
    static constexpr std::string_view options_schema = R"({
  "type": "object",
  "properties": {
    "size": {"type": "string", "enum": ["full", "comment"], "default": "full",
             "description": "comment: at most 60000 characters, what changed first"}
  },
  "additionalProperties": false
})";
    static constexpr std::string_view default_name = "report.md";

    Reporter(const assay::document& options, assay::sink out)
        : out_(out)
        , is_comment_(options.str("/size", "full") == "comment") {}

    void on(const assay::event_view& event) { reader_.take(event); }

    void finish() {
        out_.write(is_comment_ ? report_text::markdown_comment(reader_.run())
                               : report_text::markdown_report(reader_.run()));
    }

private:
    assay::sink out_;
    bool is_comment_;
    report_text::RunReader reader_;
};

} // namespace
} // namespace markdown_reporter

ASSAY_REPORTER("org.assay.markdown",
               "markdown",
               "0.1.0",
               markdown_reporter::Reporter,
               "\"description\":\"a report in Markdown\",\"license\":\"Apache-2.0\"")
