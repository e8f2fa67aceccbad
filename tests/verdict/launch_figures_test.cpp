#include "verdict/launch_figures.hpp"
#include "verdict/metric_change.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

namespace launch_figures_test {

using namespace assay::verdict;

TEST_CASE("launches without a figure neither agree nor differ, and are not reported") {
    const LaunchFigures gap = {std::nullopt, 2, std::nullopt, 2};
    CHECK(gap.agree());
    CHECK(gap.has_any());
    CHECK(gap.reported() == std::vector<double>{2, 2});
    CHECK_FALSE(LaunchFigures{std::nullopt, 2, 3}.agree());
    const LaunchFigures none(3, std::nullopt);
    CHECK(none.agree());
    CHECK_FALSE(none.has_any());
    CHECK(none.reported().empty());
    CHECK_FALSE(LaunchFigures().has_any());
}

TEST_CASE("a pair tells where both builds have a figure of it") {
    CHECK(pairs_told({1, std::nullopt, 3, 4}, {1, 2, std::nullopt, 4}) == 2);
    CHECK(pairs_told({1, 2, 3}, {1}) == 1);
    CHECK(pairs_told({}, {1}) == 0);
}

TEST_CASE("a change is that of the pairs that tell, in their order") {
    const MetricChange change = change_of(
        {1, std::nullopt, 100, 7}, {2, 50, 400, std::nullopt}, "s", false, Scale::automatic);
    REQUIRE(change.x.size() == 2);
    CHECK(change.x[0] == doctest::Approx(std::log(2)));
    CHECK(change.x[1] == doctest::Approx(std::log(4)));
}

TEST_CASE("there is no change without a pair that both builds report, and the reason says so") {
    const auto reason = [](const LaunchFigures& before, const LaunchFigures& after) {
        const MetricChange change = change_of(before, after, "s", false, Scale::automatic);
        CHECK(change.x.empty());
        return change.reason;
    };
    CHECK(reason({1, std::nullopt}, {std::nullopt, 1}).find("no pair") != std::string::npos);
    CHECK(reason({}, {}).find("no pair") != std::string::npos);
    CHECK(reason({1}, {1, 1}).find("same pairs") != std::string::npos);
}

} // namespace launch_figures_test
