#include "suite_element.hpp"

#include "report_text/figure_text.hpp"
#include "xml_text.hpp"

#include <algorithm>
#include <cmath>

namespace junit_reporter {
namespace {

std::string result_element(const TestResult& result) {
    const std::string words = attribute("message", result.message);
    switch (result.fate) {
    case TestFate::passed:
        return {};
    case TestFate::skipped:
        return "<skipped" + words + "/>";
    case TestFate::failure:
        return "<failure" + words + attribute("type", result.type) + ">" +
               xml_text(result.message) + "</failure>";
    case TestFate::error:
        break;
    }
    return "<error" + words + attribute("type", result.type) + ">" + xml_text(result.message) +
           "</error>";
}

std::string property(std::string_view name, const std::string& value) {
    return value.empty()
               ? std::string()
               : "      <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

std::string properties_of(const report_text::ToldRun& run) {
    std::string text = property("run", run.id) + property("mode", run.mode) +
                       property("platform", run.platform) + property("commit", run.commit) +
                       property("branch", run.branch) + property("assay", run.host_version) +
                       property("old", run.before) + property("new", run.after) +
                       property("basis", run.basis);
    if (std::isfinite(run.noise)) {
        text += property("noise", report_text::fixed(100 * run.noise, 2) + " %");
    }
    if (run.gate) {
        text += property("gates", run.gate->gates) + property("baseline", run.gate->baseline);
    }
    return text.empty() ? "    <properties/>\n"
                        : "    <properties>\n" + text + "    </properties>\n";
}

// The schema knows seconds and no zone: "2026-11-18T11:06:40", in UTC.
std::string timestamp_of(const report_text::ToldRun& run) {
    constexpr std::size_t kSeconds = 19;
    return run.started.substr(0, std::min(run.started.size(), kSeconds));
}

} // namespace

void SuiteElement::add(std::string_view test, double seconds, const TestResult& result) {
    ++count_;
    failures_ += result.fate == TestFate::failure ? 1 : 0;
    errors_ += result.fate == TestFate::error ? 1 : 0;
    skipped_ += result.fate == TestFate::skipped ? 1 : 0;
    tests_ += "    <testcase" + attribute("classname", name_) + attribute("name", test);
    if (std::isfinite(seconds) && seconds >= 0) {
        seconds_ += seconds;
        tests_ += attribute("time", decimal_text(seconds));
    }
    const std::string element = result_element(result);
    tests_ += element.empty() ? "/>\n" : ">" + element + "</testcase>\n";
}

std::string SuiteElement::text(const report_text::ToldRun& run, std::size_t number) const {
    const std::string when = timestamp_of(run);
    return "  <testsuite" + attribute("name", name_) + attribute("id", std::to_string(number)) +
           attribute("tests", std::to_string(count_)) +
           attribute("failures", std::to_string(failures_)) +
           attribute("errors", std::to_string(errors_)) +
           attribute("skipped", std::to_string(skipped_)) +
           (seconds_ > 0 ? attribute("time", report_text::fixed(seconds_, 9)) : "") +
           (when.empty() ? "" : attribute("timestamp", when)) + ">\n" + properties_of(run) +
           tests_ + "  </testsuite>\n";
}

std::string test_name(std::string_view suite, std::string_view case_id) {
    const bool usual = case_id.size() > suite.size() + 1 && case_id.starts_with(suite) &&
                       case_id[suite.size()] == '/';
    return std::string(usual ? case_id.substr(suite.size() + 1) : case_id);
}

} // namespace junit_reporter
