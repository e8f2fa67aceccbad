// <testsuites><testsuite name="sums" tests="2" failures="1" ...>
//   <testcase classname="sums" name="add[n=64] time" time="0.0000012"><failure .../></testcase>
//
// The form that CI services read: testsuites, testsuite, testcase, failure, error, skipped.
#include "history/timestamp.hpp"
#include "support/text.hpp"
#include "tracking/exports/foreign_names.hpp"
#include "tracking/exports/writers.hpp"
#include "tracking/told_words.hpp"

#include <array>
#include <charconv>
#include <map>

namespace assay::tracking {
namespace {

// XML 1.0 knows no control character but tab and line ends, and what is no UTF-8 is no text.
std::string xml_escaped(std::string_view text) {
    const bool readable = is_utf8(text);
    std::string escaped;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t' && c != '\n') || (!readable && byte >= 0x80) ||
            byte == 0x7F) {
            escaped += '?';
        } else if (c == '&') {
            escaped += "&amp;";
        } else if (c == '<') {
            escaped += "&lt;";
        } else if (c == '>') {
            escaped += "&gt;";
        } else if (c == '"') {
            escaped += "&quot;";
        } else if (c == '\n') {
            escaped += "&#10;";
        } else {
            escaped += c;
        }
    }
    return escaped;
}

std::string xml_attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + xml_escaped(value) + "\"";
}

// xs:decimal knows no exponent: the shortest digits without one.
std::string junit_seconds(double seconds) {
    std::array<char, 400> digits{};
    const auto end = std::to_chars(
        digits.data(), digits.data() + digits.size(), seconds, std::chars_format::fixed);
    return {digits.data(), end.ptr};
}

enum class JunitOutcome { passed, failure, error, skipped };

struct JunitSuite {
    std::string text;
    std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;

    void count(JunitOutcome outcome) {
        ++tests;
        failures += outcome == JunitOutcome::failure ? 1 : 0;
        errors += outcome == JunitOutcome::error ? 1 : 0;
        skipped += outcome == JunitOutcome::skipped ? 1 : 0;
    }
};

// What is wrong with a test case: <failure message="..." type="..."/>
struct JunitMark {
    JunitOutcome outcome = JunitOutcome::passed;
    std::string message, type;
};

std::string junit_element(const JunitMark& mark) {
    switch (mark.outcome) {
    case JunitOutcome::passed:
        return {};
    case JunitOutcome::skipped:
        return "<skipped" + xml_attribute("message", mark.message) + "/>";
    case JunitOutcome::failure:
    case JunitOutcome::error:
        break;
    }
    const std::string name = mark.outcome == JunitOutcome::failure ? "failure" : "error";
    return "<" + name + xml_attribute("message", mark.message) + xml_attribute("type", mark.type) +
           "/>";
}

std::string gate_sentence(const GateWord& word) {
    std::string text = "rule '" + word.rule + "': " + word.outcome;
    if (word.figure) {
        text += ", " + gate_figure_text(*word.figure, word.unit, word.limit);
    }
    return word.limit.empty() ? text : text + " (limit: " + word.limit + ")";
}

// FAIL is a failure; what a gate could not decide is one too: it did not pass.
JunitMark junit_mark(const ExportedRun& exported, const history::Series& series) {
    JunitMark mark;
    for (const GateWord& word : exported.gates) {
        const bool here = word.case_id == series.case_id && word.metric == series.metric;
        const bool bad = word.outcome == "FAIL" || word.outcome == "UNDECIDED" ||
                         word.outcome == "BROKEN" || word.outcome == "NOTHING";
        if (here && bad && mark.type != "FAIL") {
            mark = {JunitOutcome::failure, gate_sentence(word), word.outcome};
        }
    }
    return mark;
}

std::string junit_property(std::string_view name, const std::string& value) {
    return "<property" + xml_attribute("name", name) + xml_attribute("value", value) + "/>";
}

std::string junit_figures(const history::Point& point) {
    const history::Figures& figures = *point.figures;
    std::string text = "<properties>" + junit_property("figure", shortest(figures.center)) +
                       junit_property("unit", point.series.unit);
    if (figures.lo && figures.hi) {
        text += junit_property("interval", shortest(*figures.lo) + " " + shortest(*figures.hi));
    }
    return text + junit_property("n", std::to_string(figures.n)) + "</properties>";
}

class JunitText {
public:
    explicit JunitText(const ExportedRun& exported)
        : exported_(exported) {}

    void take(const ExportedCase& one) {
        const std::string suite = shown_suite(one);
        const std::string name = percent_decoded(
            one.id.starts_with(one.suite + "/") ? one.id.substr(one.suite.size() + 1) : one.id);
        made_.left_out.add("metrics without a figure", one.without_figure);
        if (one.failure != nullptr) {
            const bool skipped = is_skipped(*one.failure);
            add(suite,
                name,
                "",
                "",
                {.outcome = skipped ? JunitOutcome::skipped : JunitOutcome::error,
                 .message = failure_text(*one.failure),
                 .type = std::string(measure::name_of(one.failure->status))});
            made_.left_out.add("figures of cases that did not pass", one.points.size());
            return;
        }
        for (const history::Point* point : one.points) {
            const bool seconds = point->series.unit == "s";
            add(suite,
                name + " " + point->series.metric,
                seconds ? junit_seconds(point->figures->center) : "",
                junit_figures(*point),
                junit_mark(exported_, point->series));
            made_.left_out.add("samples", observations(*point).size());
        }
    }

    // What a gate said of no series: of the host, of a case that is lost.
    void take_lone_words() {
        for (const GateWord& word : exported_.gates) {
            if (word.case_id.empty()) {
                const bool passed =
                    word.outcome == "PASS" || word.outcome == "WARN" || word.outcome == "N/A";
                add("gate",
                    word.rule,
                    "",
                    "",
                    {.outcome = passed ? JunitOutcome::passed : JunitOutcome::failure,
                     .message = gate_sentence(word),
                     .type = word.outcome});
            }
        }
    }

    [[nodiscard]] ExportText finish() && {
        JunitSuite all;
        std::string suites;
        for (const auto& [name, suite] : suites_) {
            suites += "  <testsuite" + xml_attribute("name", name) + counts(suite) +
                      xml_attribute("timestamp", history::timestamp_text(exported_.run.started)) +
                      ">\n" + suite.text + "  </testsuite>\n";
            all.tests += suite.tests;
            all.failures += suite.failures;
            all.errors += suite.errors;
            all.skipped += suite.skipped;
        }
        made_.text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" +
                     xml_attribute("name", "assay") + counts(all) + ">\n" + suites +
                     "</testsuites>\n";
        return std::move(made_);
    }

private:
    static std::string counts(const JunitSuite& suite) {
        return xml_attribute("tests", std::to_string(suite.tests)) +
               xml_attribute("failures", std::to_string(suite.failures)) +
               xml_attribute("errors", std::to_string(suite.errors)) +
               xml_attribute("skipped", std::to_string(suite.skipped));
    }

    void add(const std::string& suite,
             const std::string& name,
             const std::string& seconds,
             const std::string& inside,
             const JunitMark& mark) {
        JunitSuite& into = suites_[suite];
        into.count(mark.outcome);
        const std::string body = inside + junit_element(mark);
        into.text += "    <testcase" + xml_attribute("classname", suite) +
                     xml_attribute("name", name) +
                     (seconds.empty() ? "" : xml_attribute("time", seconds)) +
                     (body.empty() ? "/>\n" : ">" + body + "</testcase>\n");
    }

    const ExportedRun& exported_;
    std::map<std::string, JunitSuite> suites_;
    ExportText made_;
};

} // namespace

ExportText junit_text(const ExportedRun& exported) {
    JunitText text(exported);
    for (const ExportedCase& one : exported_cases(exported.run)) {
        text.take(one);
    }
    text.take_lone_words();
    return std::move(text).finish();
}

} // namespace assay::tracking
