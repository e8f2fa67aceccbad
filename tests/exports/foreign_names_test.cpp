#include "told_export.hpp"
#include "tracking/exports/foreign_names.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

TEST_CASE("percent encoding is undone where it is one") {
    CHECK(percent_decoded("a%20b%5B%5d") == "a b[]");
    CHECK(percent_decoded("50%") == "50%");
    CHECK(percent_decoded("%zz%4") == "%zz%4");
}

TEST_CASE("an imported case is shown by names that nothing is encoded in") {
    ExportedRun told = imported_run("google_benchmark", "BM%20sort");
    history::Series& series = told.run.points.front().series;
    series.suite = "my%20bench";
    series.case_id = "my%20bench/BM%20sort";
    const auto cases = exported_cases(told.run);
    REQUIRE(cases.size() == 1);
    CHECK(shown_suite(cases[0]) == "my bench");
    CHECK(shown_family(cases[0]) == "BM sort");
    CHECK(shown_case(cases[0], "bencher_bmf") == "my bench/BM sort");
}

TEST_CASE("units are shown as other tools write them") {
    CHECK(shown_unit("By") == "B");
    CHECK(shown_unit("By/s") == "B/s");
    CHECK(shown_unit("{allocs}") == "allocs");
    CHECK(shown_unit("{node}/s") == "node/s");
    CHECK(shown_unit("s") == "s");
    CHECK(shown_unit("") == "1");
}

TEST_CASE("keys of names are those that importers make") {
    CHECK(key_of_name("text-bytes") == "text_bytes");
    CHECK(key_of_name("ns/GC") == "ns_gc");
    CHECK(key_of_name("--x--") == "x");
}

TEST_CASE("a figure that was divided by a factor goes back to the number that it was") {
    for (const double written : {3247.0, 123.457, 0.1, 1234567.891, 17.3, 99999.99}) {
        CHECK(scaled_to_come_back(written / 1e9, 1e9) / 1e9 == written / 1e9);
    }
    CHECK(scaled_to_come_back(0, 1e9) == 0);
}

TEST_CASE("a case is taken apart by its id, in the order of its axes") {
    ExportedRun told = told_run();
    told.run.points.resize(1);
    told.run.points.front().series.case_id = "sums/add[z=1,a=x%20y]";
    const auto cases = exported_cases(told.run);
    REQUIRE(cases.size() == 2);
    REQUIRE(cases[0].axes.size() == 2);
    CHECK(cases[0].axes[0] == std::pair<std::string, std::string>("z", "1"));
    CHECK(cases[0].axes[1] == std::pair<std::string, std::string>("a", "x y"));
    CHECK(cases[1].suite == "sums");
    CHECK(cases[1].family == "broken");
    CHECK(cases[1].failure != nullptr);
}

TEST_CASE("the suite of a failed case is the longest known one that its id begins with") {
    ExportedRun told = imported_run("tests/test_x.py", "test_a");
    told.run.failures = {{"tests/test_x.py/test_b", measure::CaseStatus::failed, ""}};
    const auto cases = exported_cases(told.run);
    REQUIRE(cases.size() == 2);
    CHECK(cases[1].suite == "tests/test_x.py");
    CHECK(cases[1].family == "test_b");
}

TEST_CASE(
    "samples stand in the order taken, and launch medians for them where they alone are kept") {
    const ExportedRun told = told_run();
    history::Point time = told.run.points.front();
    CHECK(observations(time) == std::vector<double>{1e-6, 2e-6, 3e-6});
    time.samples.launches.clear();
    CHECK(observations(time) == std::vector<double>{1.5e-6, 3e-6});
    time.samples = {};
    CHECK(observations(time).empty());
}
