// The reporter "console": collects a row per finished case and draws the table at the end of the
// run, or of the comparison of two builds. Progress while the run goes on is the host's business,
// on stderr.
#include "closing.hpp"
#include "complexity_lines.hpp"
#include "row.hpp"
#include "table.hpp"
#include "verdict_table.hpp"

#include <assay/reporter.hpp>

#include <algorithm>
#include <iterator>
#include <vector>

namespace console {
namespace {

constexpr std::size_t kListMax = 1000; // notes and next lines read from one event

class Reporter {
public:
    static constexpr std::string_view options_schema = R"({
  "type": "object",
  "properties": {
    "color": {"type": "boolean", "default": false, "description": "ANSI colours"},
    "unicode": {"type": "boolean", "default": true, "description": "line-drawing characters"},
    "quiet": {"type": "boolean", "default": false, "description": "summary and failures only"},
    "verbose": {"type": "boolean", "default": false,
                "description": "the host's own figures too, reasons in full"},
    "width": {"type": "integer", "minimum": 0, "maximum": 10000, "default": 0,
              "description": "columns; 0: as the terminal, without one as wide as needed"}
  },
  "additionalProperties": false
})";

    Reporter(const assay::document& options, assay::sink out)
        : out_(out) {
        look_.color = options.boolean("/color", false);
        look_.unicode = options.boolean("/unicode", true);
        look_.quiet = options.boolean("/quiet", false);
        look_.verbose = options.boolean("/verbose", false);
        const std::int64_t width = options.i64("/width", 0);
        look_.columns =
            static_cast<std::size_t>(std::max<std::int64_t>(0, width != 0 ? width : out.columns()));
    }

    void on(const assay::event_view& event) {
        switch (event.kind()) {
        case assay::event_kind::run_begin:
            begun_ns_ = event.unix_ns();
            is_comparison_ = event.json_at("/comparison").has_value();
            break;
        case assay::event_kind::case_end:
            rows_.push_back(row_from(event, look_));
            if (is_comparison_) {
                verdicts_.push_back(verdict_line_from(event, look_));
            }
            break;
        case assay::event_kind::run_end:
            end(event);
            break;
        default:
            break;
        }
    }

    void finish() {
        std::stable_sort(rows_.begin(), rows_.end(), comes_before);
        std::string text;
        if (is_comparison_) {
            std::ranges::sort(verdicts_, matters_more);
            closing_.counts = verdict_counts(verdicts_, look_);
            closing_.lost = lost_cases(verdicts_);
        }
        const std::vector<Row> shown = shown_rows();
        if (!look_.quiet && !(is_comparison_ ? rows_.empty() : shown.empty())) {
            text = (is_comparison_ ? verdict_table_of(verdicts_, look_) : table_of(shown, look_)) +
                   "\n" + complexity_lines(fits_, look_);
        }
        out_.write(text + closing_of(rows_, closing_, look_));
    }

private:
    // A cancelled run may have hundreds of cases that it never came to.
    [[nodiscard]] std::vector<Row> shown_rows() const {
        std::vector<Row> shown;
        std::ranges::copy_if(rows_, std::back_inserter(shown), [&](const Row& row) {
            return look_.verbose || !never_measured(row);
        });
        return shown;
    }

    void end(const assay::event_view& event) {
        const assay::document document = event.document();
        fits_ = fits_from(document, look_);
        closing_.partial = document.boolean("/summary/partial", false);
        const auto seconds = document.find_f64("/summary/seconds");
        if (seconds) {
            closing_.seconds = *seconds;
        } else if (begun_ns_ != 0 && event.unix_ns() >= begun_ns_) {
            closing_.seconds = static_cast<double>(event.unix_ns() - begun_ns_) * 1e-9;
        }
        for (std::size_t i = 0; i < kListMax; ++i) {
            const std::string base = "/notes/" + std::to_string(i);
            const auto text = document.find_str(base + "/text");
            if (!text) {
                break;
            }
            closing_.notes.push_back({safe_text(*text, look_.unicode),
                                      safe_text(document.str(base + "/next", ""), look_.unicode)});
        }
        for (std::size_t i = 0; i < kListMax; ++i) {
            const auto next = document.find_str("/next/" + std::to_string(i));
            if (!next) {
                break;
            }
            closing_.next.push_back(safe_text(*next, look_.unicode));
        }
    }

    assay::sink out_;
    Look look_;
    bool is_comparison_ = false;
    std::vector<Row> rows_;
    std::vector<VerdictLine> verdicts_; // of a comparison
    std::vector<Fit> fits_;             // over the axes of a run
    std::uint64_t begun_ns_ = 0;
    Closing closing_{.seconds = Figure::kUnknown, .partial = true, .notes = {}, .next = {}};
};

} // namespace
} // namespace console

ASSAY_REPORTER("org.assay.console",
               "console",
               "0.1.0",
               console::Reporter,
               "\"description\":\"table and summary for people\",\"license\":\"Apache-2.0\"")
