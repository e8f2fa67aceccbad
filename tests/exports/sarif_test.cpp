#include "told_export.hpp"
#include "tracking/exports/writers.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

namespace {

ExportedRun judged_run() {
    ExportedRun told = told_run();
    told.gates = {{.rule = "time",
                   .outcome = "FAIL",
                   .case_id = kAdd,
                   .metric = "time",
                   .limit = "at most 20 % worse",
                   .figure = 25.5},
                  {.rule = "hits", .outcome = "PASS", .case_id = kAdd, .metric = "hit_rate"}};
    told.verdicts = {{.case_id = kAdd,
                      .metric = "time",
                      .verdict = "regressed(severe)",
                      .severity = "severe",
                      .source = "gate"},
                     {.case_id = kAdd,
                      .metric = "items_rate",
                      .verdict = "regressed(minor)",
                      .severity = "minor",
                      .source = "history",
                      .change = 0.05,
                      .change_scale = "relative",
                      .direction = measure::Direction::higher}};
    told.gates_file = ".assay/gates.json";
    return told;
}

} // namespace

TEST_CASE("a sarif document has what the standard requires, and rules that its results point at") {
    const auto made = sarif_text(judged_run());
    REQUIRE(made.ok());
    const json::value document = parsed(made->text);
    CHECK(document.at("version") == "2.1.0");
    CHECK(document.at("$schema").is_string());
    REQUIRE(document.at("runs").get_array().size() == 1);
    const json::value& run = document.at("runs").at(0);
    const json::value& driver = run.at("tool").at("driver");
    CHECK(driver.at("name") == "assay");
    CHECK(driver.at("version") == "0.1.0");
    const json::array& results = run.at("results").get_array();
    REQUIRE(results.size() == 3); // the rule, the regression beside it, the crash
    for (const json::value& result : results) {
        const auto index = static_cast<std::size_t>(result.at("ruleIndex").get_int64());
        CHECK(driver.at("rules").at(index).at("id") == result.at("ruleId"));
        CHECK_FALSE(result.at("message").at("text").get_string().empty());
        CHECK(
            result.at("locations").at(0).at("physicalLocation").at("artifactLocation").at("uri") ==
            ".assay/gates.json");
        CHECK(result.at("partialFingerprints").at("assay/v1").get_string().size() == 64);
    }
}

TEST_CASE("sarif levels follow what was found") {
    const json::value document = parsed(sarif_text(judged_run())->text);
    const json::array& results = document.at("runs").at(0).at("results").get_array();
    CHECK(results[0].at("ruleId") == "gate/time");
    CHECK(results[0].at("level") == "error");
    CHECK(results[0].at("message").at("text") ==
          "sums/add[n=64] time: FAIL of rule 'time', 25.5 % worse (limit: at most 20 % worse)");
    CHECK(results[1].at("ruleId") == "assay/regressed");
    CHECK(results[1].at("level") == "warning");
    CHECK(results[1].at("message").at("text") ==
          "sums/add[n=64] items_rate: regressed(minor), 5 % worse");
    CHECK(results[1].at("properties").at("change") == 0.05);
    CHECK(results[2].at("ruleId") == "assay/case-failed");
    CHECK(results[2].at("level") == "error");
    CHECK(results[2].at("locations").at(0).at("logicalLocations").at(0).at("fullyQualifiedName") ==
          "sums/broken");
}

TEST_CASE("a run that nothing has judged is no clean sarif document") {
    ExportedRun told = told_run();
    told.run.failures.clear();
    const auto made = sarif_text(told);
    REQUIRE_FALSE(made.ok());
    CHECK(made.error().kind == ErrorKind::missing);
    told.gates = {{.rule = "hits", .outcome = "PASS", .case_id = kAdd, .metric = "hit_rate"}};
    const auto clean = sarif_text(told);
    REQUIRE(clean.ok());
    CHECK(parsed(clean->text).at("runs").at(0).at("results").get_array().empty());
    CHECK(clean->left_out.count("figures, but for those that something is wrong with") == 3);
}
