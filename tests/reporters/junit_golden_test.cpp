// The reporter "junit" over canned runs, comparisons and gates, and its way back through the
// importer of the same format.
#include "../importers/reading.hpp"
#include "canned_gates.hpp"
#include "golden.hpp"
#include "import_formats/xml_reader.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

namespace junit_golden_test {

using namespace canned;
using assay::test::read_with;
using assay::test::Reading;
namespace formats = assay::import_formats;

namespace {

using Names = std::set<std::string>;

// What CI services agree on: which elements stand in which, and the attributes of each.
struct Element {
    Names parents, required, optional;
};

const std::map<std::string, Element>& known_elements() {
    static const std::map<std::string, Element> elements{
        {"testsuites", {{""}, {}, {}}},
        {"testsuite",
         {{"testsuites"},
          {"name", "tests", "failures", "errors"},
          {"id", "skipped", "time", "timestamp"}}},
        {"properties", {{"testsuite"}, {}, {}}},
        {"property", {{"properties"}, {"name", "value"}, {}}},
        {"testcase", {{"testsuite"}, {"name", "classname"}, {"time"}}},
        {"skipped", {{"testcase"}, {}, {"message"}}},
        {"failure", {{"testcase"}, {"message", "type"}, {}}},
        {"error", {{"testcase"}, {"message", "type"}, {}}},
    };
    return elements;
}

struct Counts {
    std::map<std::string, std::size_t> of;
    std::size_t told_tests = 0, told_failures = 0, told_errors = 0, told_skipped = 0;
};

std::size_t number_in(std::string_view text) {
    return static_cast<std::size_t>(std::stoul(std::string(text)));
}

void check_element(const formats::XmlEvent& event, const std::string& parent) {
    const auto known = known_elements().find(event.name);
    REQUIRE_MESSAGE(known != known_elements().end(), event.name);
    CHECK(known->second.parents.contains(parent));
    for (const std::string& name : known->second.required) {
        CHECK_MESSAGE(event.has(name), event.name << " lacks " << name);
    }
    for (const auto& [name, value] : event.attributes) {
        CHECK(known->second.required.count(name) + known->second.optional.count(name) == 1);
    }
}

// Fails the test where an element is not as agreed; counts them and what the suites tell of them.
Counts checked(const std::string& text) {
    Counts counts;
    std::vector<std::string> open{""};
    formats::XmlReader xml(text);
    while (const auto event = xml.next()) {
        if (event->kind == formats::XmlKind::begin) {
            check_element(*event, open.back());
            open.push_back(event->name);
            ++counts.of[event->name];
            if (event->name == "testsuite") {
                counts.told_tests += number_in((*event)["tests"]);
                counts.told_failures += number_in((*event)["failures"]);
                counts.told_errors += number_in((*event)["errors"]);
                counts.told_skipped += number_in((*event)["skipped"]);
            }
        } else if (event->kind == formats::XmlKind::end) {
            open.pop_back();
        }
    }
    CHECK(counts.of["testcase"] == counts.told_tests);
    CHECK(counts.of["failure"] == counts.told_failures);
    CHECK(counts.of["error"] == counts.told_errors);
    CHECK(counts.of["skipped"] == counts.told_skipped);
    return counts;
}

} // namespace

TEST_CASE("JUnit has a suite for every suite and a test for every case") {
    const std::string text = written_by("junit", ordinary_run());
    check_golden("junit/ordinary.xml", text);
    Counts counts = checked(text);
    CHECK(counts.of["testsuite"] == 3);
    CHECK(counts.told_tests == 4);
    CHECK(counts.told_failures + counts.told_errors + counts.told_skipped == 0);
}

TEST_CASE("JUnit tells every status, with its reason") {
    const std::string text = written_by("junit", every_status_run());
    check_golden("junit/every_status.xml", text);
    const Counts counts = checked(text);
    CHECK(counts.told_errors == 4);
    CHECK(counts.told_skipped == 3);
}

TEST_CASE("in JUnit what got slower, was lost or is undecided did not pass") {
    const std::string text = written_by("junit", comparison_run());
    check_golden("junit/comparison.xml", text);
    const Counts counts = checked(text);
    CHECK(counts.told_failures == 3); // slower, undecided, incomparable
    CHECK(counts.told_errors == 2);   // failed, only in old
    CHECK(counts.told_skipped == 1);  // only in new
    checked(written_by("junit", comparison_with_metrics()));
}

TEST_CASE("in JUnit a gate decides, with figure and limit") {
    const std::string text = written_by("junit", gated_comparison());
    check_golden("junit/gate.xml", text);
    checked(text);
    CHECK(text.find("5.25 % worse, limit at most 2 % worse, smallest change found 1.50 %") !=
          std::string::npos);
    CHECK(text.find("name=\"lost\"><skipped") != std::string::npos); // no rule asks about it
    CHECK(text.find("rule 'hit-floor' applies to no case") != std::string::npos);
    CHECK(checked(written_by("junit", passed_gate())).told_failures == 0);
    CHECK(checked(written_by("junit", gate_of_nothing())).told_failures == 1);
}

TEST_CASE("JUnit holds any text, and a run of nothing") {
    for (const Events& events : {hostile_text_run(),
                                 hostile_gate(),
                                 broken_text_run(),
                                 unknown_figures_run(),
                                 empty_run(),
                                 aborted_run(),
                                 interrupted_run(),
                                 Events{}}) {
        checked(written_by("junit", events));
    }
    check_golden("junit/hostile.xml", written_by("junit", hostile_gate()));
    check_golden("junit/empty.xml", written_by("junit", empty_run()));
}

TEST_CASE("what is not measured has no time in JUnit, never 0") {
    const std::string text = written_by("junit", unknown_figures_run());
    CHECK(text.find("name=\"nothing\"/>") != std::string::npos);
    CHECK(text.find("name=\"not_a_number\"/>") != std::string::npos);
    CHECK(text.find("name=\"three_launches\" time=\"0.002\"") != std::string::npos);
}

TEST_CASE("the importer of JUnit reads back names, times, failures and surroundings") {
    const Reading read = read_with("junit", "junit.xml", written_by("junit", ordinary_run()));
    CHECK(read.partial() == "");
    REQUIRE(read.cases().size() == 4);
    CHECK(read.cases()[0].suite == "router");
    CHECK(read.samples("round_robin[n=16]") == std::vector<double>{81.2e-6});
    CHECK(read.samples("retrieve[k=10]") == std::vector<double>{173.6e-3});
    REQUIRE(read.runs().size() == 1);
    CHECK(read.runs()[0].environment.at("platform") == "a machine");
    CHECK(read.runs()[0].environment.at("mode") == "standard");
    CHECK(read.runs()[0].date == 1'795'000'000LL * 1'000'000'000);

    const Reading failed = read_with("junit", "x.xml", written_by("junit", every_status_run()));
    REQUIRE(failed.cases().size() == 8);
    CHECK(failed.cases()[0].status == assay::measure::CaseStatus::passed);
    CHECK(failed.cases()[1].status == assay::measure::CaseStatus::skipped);
    CHECK(failed.cases()[1].reason == "skipped: needs more memory");
    CHECK(failed.cases()[3].status == assay::measure::CaseStatus::failed);
    CHECK(failed.cases()[3].reason == "expected 3, got 4");

    const Reading odd = read_with("junit", "x.xml", written_by("junit", broken_text_run()));
    REQUIRE(odd.cases().size() == 3);
    CHECK(odd.cases()[0].suite == "a|b");
    CHECK(odd.cases()[0].name == "c`d");
    CHECK(odd.cases()[1].suite == "a\nb");
}

TEST_CASE("ten thousand cases are ten thousand tests in JUnit") {
    CHECK(checked(written_by("junit", many_passed(10'000))).told_tests == 10'000);
}

} // namespace junit_golden_test
