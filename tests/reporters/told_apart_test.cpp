#include "report_text/told_apart.hpp"

#include <doctest/doctest.h>

namespace told_apart_test {

using report_text::told_apart;
using Names = std::pair<std::string, std::string>;

TEST_CASE("names that begin alike are as long as tells them apart") {
    CHECK(told_apart("01a20384-cb9f-7001", "01a20384-cb9f-7b02", 12) ==
          Names("01a20384-cb9f-70", "01a20384-cb9f-7b"));
    CHECK(told_apart("2f3b9c6d1e", "2f3b1a", 4) == Names("2f3b9", "2f3b1"));
}

TEST_CASE("names that differ early are as long as asked for, the same name twice too") {
    CHECK(told_apart("2f3b9c6d", "9c6d2f3b", 6) == Names("2f3b9c", "9c6d2f"));
    CHECK(told_apart("2f3b9c6d", "2f3b9c6d", 6) == Names("2f3b9c", "2f3b9c"));
    CHECK(told_apart("", "2f3b9c6d", 6) == Names("", "2f3b9c"));
}

} // namespace told_apart_test
