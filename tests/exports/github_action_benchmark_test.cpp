#include "told_export.hpp"
#include "tracking/exports/writers.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

TEST_CASE(
    "directions that differ need two files of github-action-benchmark, and are refused in one") {
    const auto refused = github_action_benchmark_text(told_run(), {});
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::usage);
    CHECK(holds(refused.error().message, "of 1 figures lower"));
    CHECK(holds(refused.error().message, "of 2 higher"));
    CHECK(holds(refused.error().hint, "customBiggerIsBetter"));
}

TEST_CASE("custom results hold the figures of one direction") {
    const auto lower = github_action_benchmark_text(told_run(), measure::Direction::lower);
    REQUIRE(lower.ok());
    const json::value rows = parsed(lower->text);
    REQUIRE(rows.get_array().size() == 1);
    CHECK(rows.at(0).at("name") == kAdd);
    CHECK(rows.at(0).at("unit") == "s");
    CHECK(rows.at(0).at("value").to_number<double>() == 2e-6);
    CHECK(rows.at(0).at("range") == "± 5e-07");
    CHECK(rows.at(0).at("extra") == "n 3, 2 launches\ninterval [1e-06, 3e-06]");
    CHECK(lower->left_out.count("figures of the other direction") == 2);
    CHECK(lower->left_out.count("samples") == 3);
    CHECK(lower->left_out.count("cases that did not pass") == 1);
    const auto higher = github_action_benchmark_text(told_run(), measure::Direction::higher);
    REQUIRE(higher.ok());
    CHECK(parsed(higher->text).at(1).at("name") == "sums/add[n=64] hit_rate");
}

TEST_CASE("one direction alone needs no word, and none at all is nothing to compare") {
    ExportedRun told = told_run();
    told.run.points.resize(1);
    CHECK(github_action_benchmark_text(told, {}).ok());
    const auto none = github_action_benchmark_text(told, measure::Direction::higher);
    REQUIRE_FALSE(none.ok());
    CHECK(none.error().kind == ErrorKind::missing);
}

TEST_CASE("names that came from custom results go back as they came") {
    ExportedRun told = imported_run("github_action_benchmark", "My%20bench");
    told.run.points.front().series.metric = "value";
    told.run.points.front().series.unit = "{frobs}";
    const auto made = github_action_benchmark_text(told, {});
    REQUIRE(made.ok());
    CHECK(parsed(made->text).at(0).at("name") == "My bench");
    CHECK(parsed(made->text).at(0).at("unit") == "frobs");
}
