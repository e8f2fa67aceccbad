#include "told_export.hpp"
#include "tracking/exports/writers.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

TEST_CASE("a junit file has a test case per series, and an error for what crashed") {
    const std::string text = junit_text(told_run()).text;
    CHECK(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"assay\" "
                           "tests=\"4\" failures=\"0\" errors=\"1\" skipped=\"0\">\n"));
    CHECK(holds(text,
                "<testcase classname=\"sums\" name=\"add[n=64] time\" time=\"0.000002\">"
                "<properties><property name=\"figure\" value=\"2e-06\"/>"
                "<property name=\"unit\" value=\"s\"/>"
                "<property name=\"interval\" value=\"1e-06 3e-06\"/>"
                "<property name=\"n\" value=\"3\"/></properties></testcase>\n"));
    CHECK(holds(text, "name=\"add[n=64] hit_rate\"><properties>"));
    CHECK(holds(text,
                "<testcase classname=\"sums\" name=\"broken\"><error message=\"crashed: signal 11 "
                "&lt;&amp;&gt; &quot;bad&quot;\" type=\"crashed\"/></testcase>\n"));
    CHECK(text.ends_with("  </testsuite>\n</testsuites>\n"));
}

TEST_CASE("what a gate failed or could not decide is a failure in junit, a warning is not") {
    ExportedRun told = told_run();
    told.gates = {{.rule = "time",
                   .outcome = "FAIL",
                   .case_id = kAdd,
                   .metric = "time",
                   .limit = "at most 20 % worse",
                   .figure = 25.5},
                  {.rule = "rate", .outcome = "WARN", .case_id = kAdd, .metric = "items_rate"},
                  {.rule = "hits", .outcome = "UNDECIDED", .case_id = kAdd, .metric = "hit_rate"},
                  {.rule = "quiet-host", .outcome = "PASS"},
                  {.rule = "all-there", .outcome = "BROKEN"}};
    const std::string text = junit_text(told).text;
    CHECK(holds(text, "tests=\"6\" failures=\"3\" errors=\"1\""));
    CHECK(holds(text,
                "<failure message=\"rule 'time': FAIL, 25.5 % worse (limit: at most 20 % worse)\" "
                "type=\"FAIL\"/></testcase>"));
    CHECK(holds(text, "<failure message=\"rule 'hits': UNDECIDED\" type=\"UNDECIDED\"/>"));
    CHECK_FALSE(holds(text, "WARN"));
    CHECK(holds(text, "<testcase classname=\"gate\" name=\"quiet-host\"/>\n"));
    CHECK(holds(text, "name=\"all-there\"><failure"));
}

TEST_CASE("what XML cannot hold does not get into it, and skipped is not failed") {
    ExportedRun told = told_run();
    told.run.failures = {{"sums/a", measure::CaseStatus::skipped, "bell \x07 and \xFF"}};
    const std::string text = junit_text(told).text;
    CHECK(holds(text, "<skipped message=\"bell ? and ?\"/>"));
    CHECK(holds(text, "errors=\"0\" skipped=\"1\""));
}
