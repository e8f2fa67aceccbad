#include "verdict/severity.hpp"

#include <doctest/doctest.h>

namespace severity_test {

using namespace assay::verdict;

namespace {

SeverityClass size_of(double change, double fence) {
    return weigh_change(change, fence, {}).size;
}

} // namespace

TEST_CASE("the size of a regression follows the limits, each included") {
    const double usual = 0.05; // between 1.5 and 12 times smaller
    CHECK(size_of(0.15, usual) == SeverityClass::minor);
    CHECK(size_of(0.20, usual) == SeverityClass::moderate);
    CHECK(size_of(0.1 + 0.1, usual) == SeverityClass::moderate);
    CHECK(size_of(0.2499, usual) == SeverityClass::moderate);
    CHECK(size_of(0.25, usual) == SeverityClass::severe);
}

TEST_CASE("what is hardly more than the series moves anyway is one class lower and weak") {
    CHECK(size_of(0.30, 0.25) == SeverityClass::moderate);
    CHECK(weigh_change(0.30, 0.25, {}).weak);
    CHECK(size_of(0.22, 0.20) == SeverityClass::minor);
    CHECK(size_of(0.12, 0.10) == SeverityClass::minor);
    CHECK(weigh_change(0.12, 0.10, {}).weak);
    CHECK_FALSE(weigh_change(0.30, 0.20, {}).weak); // 1.5 times exactly
}

TEST_CASE("what is twelve times the usual movement is one class higher beyond the warning") {
    CHECK(size_of(0.12, 0.01) == SeverityClass::moderate);
    CHECK(size_of(0.10, 0.001) == SeverityClass::minor); // the warning exactly
    CHECK(size_of(0.22, 0.01) == SeverityClass::severe);
    CHECK(size_of(0.50, 0.01) == SeverityClass::severe);
    CHECK(size_of(0.119, 0.01) == SeverityClass::minor);
}

TEST_CASE("without a usual movement the size counts alone") {
    CHECK(weigh_change(0.22, std::nullopt, {}).size == SeverityClass::moderate);
    CHECK(size_of(0.22, 0) == SeverityClass::moderate);
}

TEST_CASE("exactly a limit is not beyond it, whatever the last digits say") {
    CHECK_FALSE(is_beyond(0.20, 0.20));
    CHECK_FALSE(is_beyond((120.0 - 100) / 100, 0.20));
    CHECK_FALSE(is_beyond(0.1 + 0.2, 0.3));
    CHECK(is_beyond(0.20 + 1e-9, 0.20));
}

TEST_CASE("shares have limits of their own") {
    CHECK(default_limits(ChangeScale::points).fail == doctest::Approx(0.05));
    CHECK(default_limits(ChangeScale::relative).fail == doctest::Approx(0.20));
    CHECK(name_of(SeverityClass::moderate) == "moderate");
}

TEST_CASE("changes of both scales are held against each other by their limits") {
    CHECK(weight_of(0.05, ChangeScale::points) == doctest::Approx(1));
    CHECK(weight_of(0.2, ChangeScale::relative) == doctest::Approx(1));
}

} // namespace severity_test
