// The reporter "junit": a test suite for every suite and a test for every case, as CI services read
// it. A failure is a verdict, a gate's line, or a case that broke.
#include "report_text/told_run.hpp"
#include "suite_element.hpp"

#include <assay/reporter.hpp>

#include <map>
#include <string>
#include <vector>

namespace junit_reporter {
namespace {

using report_text::GateRow;
using report_text::ToldCase;
using report_text::ToldFigure;
using report_text::ToldRun;

// The median of the time, where the case has one.
double seconds_of(const ToldCase& one) {
    const ToldFigure* const first = one.figures.empty() ? nullptr : &one.figures.front();
    const bool timed = first != nullptr && first->key == "time" && first->unit == "s";
    return timed && first->n > 0 ? first->value : report_text::kUnknown;
}

std::string suite_of(const std::string& case_id) {
    return case_id.substr(0, case_id.find('/'));
}

// Suites in the order in which they came.
class Suites {
public:
    SuiteElement& operator[](const std::string& name) {
        const auto [place, is_new] = places_.try_emplace(name, elements_.size());
        if (is_new) {
            elements_.emplace_back(name);
        }
        return elements_[place->second];
    }

    [[nodiscard]] const std::vector<SuiteElement>& elements() const noexcept { return elements_; }

private:
    std::map<std::string, std::size_t> places_;
    std::vector<SuiteElement> elements_;
};

using RowsByCase = std::map<std::string, std::vector<const GateRow*>>;

RowsByCase rows_by_case(const ToldRun& run) {
    RowsByCase rows;
    if (run.gate) {
        for (const GateRow& row : run.gate->rows) {
            rows[row.case_id].push_back(&row);
        }
    }
    return rows;
}

// Lines about no case and rules that judged nothing are tests of a suite named "gate".
void add_gate(const ToldRun& run, RowsByCase& rows, Suites& suites) {
    const auto about_no_case = rows.extract(std::string());
    if (!about_no_case.empty()) {
        for (const GateRow* row : about_no_case.mapped()) {
            suites["gate"].add(row->rule, report_text::kUnknown, result_of({&row, 1}, run));
        }
    }
    for (const auto& [case_id, about] : rows) { // of cases that were not measured
        const std::string suite = suite_of(case_id);
        suites[suite].add(test_name(suite, case_id), report_text::kUnknown, result_of(about, run));
    }
    for (const std::string& rule : run.gate->unmatched) {
        suites["gate"].add(
            rule,
            report_text::kUnknown,
            {TestFate::failure,
             "NOTHING",
             "rule '" + rule + "' applies to no case: correct its match, or mark it optional"});
    }
}

class Reporter {
public:
    static constexpr std::string_view default_name = "junit.xml";

    Reporter(const assay::document&, assay::sink out)
        : out_(out) {}

    void on(const assay::event_view& event) { reader_.take(event); }

    void finish() {
        const ToldRun& run = reader_.run();
        RowsByCase rows = rows_by_case(run);
        Suites suites;
        for (const ToldCase& one : run.cases) {
            const auto about = rows.extract(one.id);
            const std::vector<const GateRow*> none;
            suites[one.suite].add(test_name(one.suite, one.id),
                                  seconds_of(one),
                                  result_of(one, about.empty() ? none : about.mapped(), run));
        }
        if (run.gate) {
            add_gate(run, rows, suites);
        }
        out_.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
        for (std::size_t i = 0; i < suites.elements().size(); ++i) {
            out_.write(suites.elements()[i].text(run, i));
        }
        out_.write("</testsuites>\n");
    }

private:
    assay::sink out_;
    report_text::RunReader reader_;
};

} // namespace
} // namespace junit_reporter

ASSAY_REPORTER("org.assay.junit",
               "junit",
               "0.1.0",
               junit_reporter::Reporter,
               "\"description\":\"test results for CI services\",\"license\":\"Apache-2.0\"")
