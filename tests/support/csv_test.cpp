#include "support/csv.hpp"

#include <doctest/doctest.h>

using namespace assay;

TEST_CASE("cells of a line are quoted only where RFC 4180 asks for it") {
    CHECK(csv_line({"a", "", "1.5 s"}) == "a,,1.5 s\n");
    CHECK(csv_line({"n=1,m=2", "say \"no\"", "two\nlines"}) ==
          "\"n=1,m=2\",\"say \"\"no\"\"\",\"two\nlines\"\n");
}
