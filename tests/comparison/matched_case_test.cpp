#include "app/comparison/matched_case.hpp"
#include "scripted_comparison.hpp"

#include <doctest/doctest.h>

using namespace scripted;
using app::CaseFate;
using app::MatchedCase;

TEST_CASE("cases that both builds have are compared, in the order of the new one") {
    const TwoBuilds builds(3);
    const std::vector<MatchedCase> matched = builds.matched();
    REQUIRE(matched.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(matched[i].id == builds.new_side.cases[i].id);
        CHECK(matched[i].fate == CaseFate::compared);
        CHECK(matched[i].reason.empty());
    }
}

TEST_CASE("a case that the new build lost is only in old, one that it gained only in new") {
    TwoBuilds builds(2);
    builds.new_side.cases[0].id = "s/f[n=9]";
    const std::vector<MatchedCase> matched = builds.matched();
    REQUIRE(matched.size() == 3);
    CHECK(matched[0].fate == CaseFate::only_in_new);
    CHECK(matched[0].old_case == nullptr);
    CHECK(matched[1].fate == CaseFate::compared);
    CHECK(matched[2].fate == CaseFate::only_in_old);
    CHECK(matched[2].id == "s/f[n=0]");
    CHECK(matched[2].new_case == nullptr);
}

TEST_CASE("what makes two cases of one id incomparable is named") {
    SUBCASE("configuration") {
        TwoBuilds builds(1);
        builds.new_side.suites[0].config_json = R"({"depth":3})";
        CHECK(
            builds.matched()[0].reason ==
            R"(the suite's configuration differs: {} in the old build, {"depth":3} in the new one)");
    }
    SUBCASE("shape") {
        TwoBuilds builds(1);
        builds.new_side.suites[0].description.families[0].shape = measure::Shape::chain;
        CHECK(builds.matched()[0].reason == "the shape differs: independent and chain");
    }
    SUBCASE("parameters") {
        TwoBuilds builds(1);
        builds.new_side.cases[0].params = {std::int64_t{5}};
        CHECK(builds.matched()[0].reason == "the parameters behind the id differ");
    }
    SUBCASE("lanes") {
        TwoBuilds builds(1);
        builds.new_side.suites[0].description.families[0].max_lanes = 4;
        CHECK(builds.matched()[0].fate == CaseFate::incomparable);
    }
    SUBCASE("unit of a metric") {
        TwoBuilds builds(1);
        for (app::Side* side : {&builds.old_side, &builds.new_side}) {
            measure::MetricDescription& metric =
                side->suites[0].description.families[0].metrics.emplace_back();
            metric.key = "recall";
            metric.unit = side == &builds.old_side ? "1" : "%";
        }
        CHECK(builds.matched()[0].reason ==
              "metric 'recall' has another unit or direction: '1' and '%'");
    }
}
