#include "app/history/spark_line.hpp"

#include <doctest/doctest.h>

namespace spark_line_test {

using namespace assay::app;

TEST_CASE("a spark line goes from the lowest figure to the highest") {
    CHECK(spark_line({1.0, 8.0}, false) == "_#");
    CHECK(spark_line({8.0, 1.0, 4.5}, false) == "#_+");
    CHECK(spark_line({1.0, 8.0}, true) == "\u2581\u2588");
}

TEST_CASE("a spark line leaves a blank where nothing was measured") {
    CHECK(spark_line({1.0, std::nullopt, 2.0}, false) == "_ #");
    CHECK(spark_line({std::nullopt}, true) == " ");
    CHECK(spark_line({}, true).empty());
}

TEST_CASE("a spark line of equal figures is flat and of many shows the newest") {
    CHECK(spark_line({3.0, 3.0, 3.0}, false) == "___");
    CHECK(spark_line({100.0, 1.0, 2.0}, false, 2) == "_#");
}

} // namespace spark_line_test
