// The reporter "github": what a workflow of GitHub shows of a run, a comparison or a gate. Four
// texts: the comment of a pull request, the summary of the job, annotations, an issue. It speaks to
// no network: the workflow posts them.
#include "annotations.hpp"
#include "issue.hpp"
#include "job_summary.hpp"
#include "report_text/markdown_report.hpp"

#include <assay/reporter.hpp>

#include <string>

namespace github_reporter {
namespace {

class Reporter {
public:
    static constexpr std::string_view options_schema = R"({
  "type": "object",
  "properties": {
    "text": {"type": "string", "enum": ["all", "comment", "summary", "annotations", "issue"],
             "default": "all", "description": "all: the comment, the others beside it"},
    "marker": {"type": "string", "minLength": 1, "maxLength": 100, "default": "report",
               "description": "name of the comment where a pull request has several"},
    "summary": {"type": "string", "default": "",
                "description": "file that gets the summary; else $GITHUB_STEP_SUMMARY"}
  },
  "additionalProperties": false
})";
    static constexpr std::string_view default_name = "github-comment.md";

    Reporter(const assay::document& options, assay::sink out)
        : out_(out)
        , text_(options.str("/text", "all"))
        , marker_(options.str("/marker", "report"))
        , summary_(options.str("/summary", "")) {
        if (summary_.empty()) {
            summary_ = summary_file();
        }
    }

    void on(const assay::event_view& event) { reader_.take(event); }

    void finish() {
        if (text_ == "summary") {
            out_.write(summary());
        } else if (text_ == "annotations") {
            out_.write(annotations_of(reader_.run()));
        } else if (text_ == "issue") {
            out_.write(issue_of(reader_.run(), marker_));
        } else {
            out_.write(sticky_comment(reader_.run(), marker_));
            if (text_ == "all") {
                write_others();
            }
        }
    }

private:
    [[nodiscard]] std::string summary() const {
        return report_text::markdown_comment(reader_.run(), kSummaryMax);
    }

    // Also where they are empty: what lies there from an earlier run is not of this one.
    void write_others() {
        out_.open_extra("github-annotations.txt").write(annotations_of(reader_.run()));
        out_.open_extra("github-issue.md").write(issue_of(reader_.run(), marker_));
        if (summary_.empty()) {
            out_.open_extra("github-summary.md").write(summary());
        } else {
            append_to_summary(summary_, summary());
        }
    }

    assay::sink out_;
    std::string text_, marker_, summary_;
    report_text::RunReader reader_;
};

} // namespace
} // namespace github_reporter

ASSAY_REPORTER("org.assay.github",
               "github",
               "0.1.0",
               github_reporter::Reporter,
               "\"description\":\"texts for GitHub's pages\",\"license\":\"Apache-2.0\"")
