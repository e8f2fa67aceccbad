// The reporter "json": the document assay.results/1, or assay.comparison/1 where two builds were
// compared, written while the run goes on. A case is copied out of its event and forgotten: memory
// does not grow with the number of cases.
#include "json_layout.hpp"

#include <assay/reporter.hpp>

#include <map>
#include <string>

namespace json_reporter {
namespace {

class Reporter {
public:
    static constexpr std::string_view options_schema = R"({
  "type": "object",
  "properties": {
    "indent": {"type": "integer", "minimum": 0, "maximum": 16, "default": 0,
               "description": "spaces per level; 0: one line per case"}
  },
  "additionalProperties": false
})";
    static constexpr std::string_view default_name = "results.json";

    Reporter(const assay::document& options, assay::sink out)
        : out_(out)
        , indent_(static_cast<std::size_t>(options.i64("/indent", 0))) {}

    void on(const assay::event_view& event) {
        switch (event.kind()) {
        case assay::event_kind::run_begin:
            run_ = event.json_at("/run").value_or(run_);
            comparison_ = event.json_at("/comparison").value_or("");
            break;
        case assay::event_kind::case_end:
            add_case(event);
            break;
        case assay::event_kind::run_end:
            run_ = event.json_at("/run").value_or(run_);
            summary_ = event.json_at("/summary").value_or("");
            complexity_ = event.json_at("/complexity").value_or("");
            comparison_ = event.json_at("/comparison").value_or(comparison_);
            break;
        default:
            break;
        }
    }

    void finish() {
        open();
        out_.write((counts_.empty() ? ""
                    : indent_ == 0  ? "\n"
                                    : line_break(indent_, 1)) +
                   "]," + line_break(indent_, 1) + member("run", run_) + "," +
                   comparison_members() + complexity_member() + line_break(indent_, 1) +
                   member("summary", summary_.empty() ? counted_summary() : summary_) +
                   line_break(indent_, 0) + "}\n");
    }

private:
    [[nodiscard]] std::string member(std::string_view name, std::string_view value) const {
        return "\"" + std::string(name) + "\":" + (indent_ == 0 ? "" : " ") +
               laid_out(value, indent_, 1);
    }

    [[nodiscard]] bool is_comparison() const noexcept { return !comparison_.empty(); }

    // "margin", "controls" and the rest stand beside "cases": the object without its braces.
    [[nodiscard]] std::string comparison_members() const {
        const std::string laid = laid_out(comparison_, indent_, 0);
        const std::size_t open = laid.find('{');
        const std::size_t close = laid.rfind('}');
        if (open == std::string::npos || close == std::string::npos) {
            return {};
        }
        std::string inner = laid.substr(open + 1, close - open - 1);
        inner.erase(inner.find_last_not_of(" \n") + 1);
        return inner.empty() ? inner : inner + ",";
    }

    [[nodiscard]] std::string complexity_member() const {
        return complexity_.empty()
                   ? std::string()
                   : line_break(indent_, 1) + member("complexity", complexity_) + ",";
    }

    // Writes the beginning of the document, once.
    void open() {
        if (!opened_) {
            const std::string_view schema =
                is_comparison() ? "\"assay.comparison/1\"" : "\"assay.results/1\"";
            out_.write("{" + line_break(indent_, 1) + member("schema", schema) + "," +
                       line_break(indent_, 1) + member("cases", "") + "[");
            opened_ = true;
        }
    }

    void add_case(const assay::event_view& event) {
        const auto text = event.json_at(is_comparison() ? "/case/comparison" : "/case");
        if (!text) {
            throw assay::failure(ASSAY_E_FAIL,
                                 "event " + std::to_string(event.seq()) +
                                     " ends a case but its JSON has no " +
                                     (is_comparison() ? "/case/comparison" : "/case"));
        }
        open();
        const std::string_view comma = counts_.empty() ? "" : ",";
        ++counts_[event.status()];
        out_.write(std::string(comma) + (indent_ == 0 ? "\n" : line_break(indent_, 2)) +
                   laid_out(*text, indent_, 2));
    }

    // For a stream that ended without run_end: what was seen.
    [[nodiscard]] std::string counted_summary() const {
        std::uint64_t cases = 0;
        std::string members;
        for (std::int32_t i = ASSAY_CASE_PASSED; i <= ASSAY_CASE_UNAVAILABLE; ++i) {
            const auto status = static_cast<assay::case_status>(i);
            const auto found = counts_.find(status);
            const std::uint64_t n = found == counts_.end() ? 0 : found->second;
            cases += n;
            members += ",\"" + std::string(name_of(status)) + "\":" + std::to_string(n);
        }
        return "{\"cases\":" + std::to_string(cases) + members + ",\"partial\":true}";
    }

    assay::sink out_;
    std::size_t indent_;
    bool opened_ = false;
    std::string run_ = "null";
    std::string summary_;
    std::string complexity_; // fits over the axes; empty = the run told none
    std::string comparison_; // what two builds were compared under; empty = not a comparison
    std::map<assay::case_status, std::uint64_t> counts_;
};

} // namespace
} // namespace json_reporter

ASSAY_REPORTER("org.assay.json",
               "json",
               "0.1.0",
               json_reporter::Reporter,
               "\"description\":\"the results document\",\"license\":\"Apache-2.0\"")
