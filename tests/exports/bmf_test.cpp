#include "told_export.hpp"
#include "tracking/exports/writers.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

TEST_CASE("bencher gets latency in nanoseconds with its bounds, and other measures by slug") {
    const json::value document = parsed(bmf_text(told_run()).text);
    REQUIRE(document.get_object().size() == 1);
    const json::value& add = document.at(kAdd);
    CHECK(add.at("latency").at("value").to_number<double>() == 2000);
    CHECK(add.at("latency").at("lower_value").to_number<double>() == 1000.0);
    CHECK(add.at("latency").at("upper_value").to_number<double>() == 3000.0);
    CHECK(add.at("throughput").at("value") == 5e5);
    CHECK(add.at("hit-rate").at("value") == 0.75);
    CHECK_FALSE(add.at("hit-rate").get_object().contains("lower_value"));
}

TEST_CASE("what bencher has no place for is counted") {
    const LeftOut left_out = bmf_text(told_run()).left_out;
    CHECK(left_out.count("samples") == 3);
    CHECK(left_out.count("cases that did not pass") == 1);
    CHECK(left_out.count("units and directions of measures") == 1);
    CHECK(left_out.count("spreads of figures") == 1);
}

TEST_CASE("metrics that have one slug are not mixed up") {
    ExportedRun told = told_run();
    told.run.points.push_back(told_figure("hit.rate", "1", measure::Direction::none, 0.25));
    const ExportText made = bmf_text(told);
    CHECK(parsed(made.text).at(kAdd).at("hit-rate").at("value") == 0.75);
    CHECK(made.left_out.count("metrics whose names are the same in it") == 1);
}
