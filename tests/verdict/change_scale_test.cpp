#include "verdict/change_scale.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace change_scale_test {

using namespace assay::verdict;
using assay::measure::Direction;

TEST_CASE("shares are told in points, and nothing else is") {
    const std::vector<double> shares{0, 0.4, 1};
    CHECK(scale_of("1", shares) == ChangeScale::points);
    CHECK(scale_of("%", std::vector<double>{0, 40, 100}) == ChangeScale::points);
    CHECK(scale_of("s", shares) == ChangeScale::relative);
    CHECK(scale_of("1", std::vector<double>{0.4, 1.2}) == ChangeScale::relative);
    CHECK(scale_of("1", std::vector<double>{-0.1}) == ChangeScale::relative);
    CHECK(scale_of("%", std::vector<double>{101}) == ChangeScale::relative);
}

TEST_CASE("a change is positive where it is worse, and of what has no direction where it is more") {
    const SeriesKind rate{.unit = "1", .direction = Direction::higher};
    CHECK(*change_between(0.9, 0.85, rate, ChangeScale::points) == doctest::Approx(0.05));
    CHECK(*change_between(0.9, 0.855, rate, ChangeScale::relative) == doctest::Approx(0.05));
    const SeriesKind load{.unit = "%"};
    CHECK(*change_between(40, 50, load, ChangeScale::points) == doctest::Approx(0.1));
    CHECK(*change_between(50, 40, load, ChangeScale::points) == doctest::Approx(-0.1));
}

TEST_CASE("nothing can be told of nothing but points") {
    const SeriesKind kind{.unit = "1", .direction = Direction::lower};
    CHECK_FALSE(change_between(0, 0.1, kind, ChangeScale::relative));
    CHECK(*change_between(0, 0.1, kind, ChangeScale::points) == doctest::Approx(0.1));
    CHECK_FALSE(change_between(0.1, 0.2, kind, ChangeScale::logit));
}

} // namespace change_scale_test
