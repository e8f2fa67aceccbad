#include "active_inference/tensor.hpp"

#include <doctest/doctest.h>

#include <limits>

using namespace assay::active_inference;

TEST_CASE("a flat position unravels with the last axis fastest") {
    const std::vector<std::size_t> shape{2, 3, 4};
    CHECK(unravel(shape, 0) == std::vector<std::size_t>{0, 0, 0});
    CHECK(unravel(shape, 23) == std::vector<std::size_t>{1, 2, 3});
    CHECK(unravel(shape, 1 * 12 + 2 * 4 + 1) == std::vector<std::size_t>{1, 2, 1});
}

TEST_CASE("a shape whose elements cannot be counted has no count") {
    const std::size_t large = std::numeric_limits<std::size_t>::max() / 2;
    CHECK_FALSE(element_count(std::vector<std::size_t>{large, 3}).has_value());
    CHECK(element_count(std::vector<std::size_t>{2, 3, 4}) == 24);
    CHECK(element_count(std::vector<std::size_t>{}) == 1);
    CHECK(element_count(std::vector<std::size_t>{0, large, large}) == 0);
}

TEST_CASE("a shape is written as a list") {
    CHECK(shape_text(std::vector<std::size_t>{25, 12, 4}) == "[25, 12, 4]");
    CHECK(shape_text(std::vector<std::size_t>{}) == "[]");
}
