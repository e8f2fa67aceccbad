#include "plan/case_id.hpp"

#include <doctest/doctest.h>

using namespace assay::plan;
using assay::measure::ParameterValue;

TEST_CASE("a case is named by suite, family and its axes in declared order") {
    CHECK(case_id("matrix", "multiply", "n=64,dtype=f32") == "matrix/multiply[n=64,dtype=f32]");
    CHECK(case_id("matrix", "multiply", "") == "matrix/multiply");
}

TEST_CASE("values stand in an id in one form only") {
    CHECK(axis_text("n", ParameterValue(std::int64_t{-64})) == "n=-64");
    CHECK(axis_text("p", ParameterValue(0.1)) == "p=0.1");
    CHECK(axis_text("p", ParameterValue(64.0)) == "p=64");
    CHECK(axis_text("on", ParameterValue(true)) == "on=true");
    CHECK(axis_text("keys", ParameterValue(std::string("zipf0.8"))) == "keys=zipf0.8");
}

TEST_CASE("text that would break an id apart is percent-encoded") {
    CHECK(axis_text("s", ParameterValue(std::string("a,b=c]/d"))) == "s=a%2Cb%3Dc%5D%2Fd");
    CHECK(axis_text("s",
                    ParameterValue(std::string("gr\xc3\xb6\xc3\x9f"
                                               "e"))) == "s=gr%C3%B6%C3%9Fe");
    CHECK(axis_text("s", ParameterValue(std::string("50%"))) == "s=50%25");
}

TEST_CASE("a file is named by its base name and what it holds") {
    CHECK(axis_file_text("model", "/data/models/a b.json", "0123456789abcdef") ==
          "model=a%20b.json-01234567");
    CHECK(axis_file_text("model", "x.bin", "0123456789abcdef") == "model=x.bin-01234567");
}
