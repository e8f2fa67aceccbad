// Ruby's Benchmark module and Dart's benchmark_harness.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::Direction;

TEST_CASE("Ruby: the rehearsal is no result, the last line needs no end") {
    const auto two = sample("bencher/ruby/benchmark/two.txt");
    const auto five = sample("bencher/ruby/benchmark/five.txt");
    if (!two || !five) {
        return;
    }
    const Reading read = read_with("ruby_benchmark", "x", *two);
    CHECK(read.partial() == "");
    REQUIRE(read.cases().size() == 2);
    CHECK(read.samples("sort!") == std::vector<double>{1.460465});
    CHECK(read.samples("sort", "user_time") == std::vector<double>{1.45});
    CHECK(read.samples("sort", "system_time") == std::vector<double>{0.01});
    CHECK(read.metric("sort").unit == "s");
    CHECK(read.metric("sort").direction == Direction::lower);
    const Reading rows = read_with("ruby_benchmark", "x", *five);
    REQUIRE(rows.cases().size() == 5);
    CHECK(rows.samples("for") == std::vector<double>{0.952039});
    CHECK(rows.samples(">avg", "cpu_time") == std::vector<double>{0.96});
}

TEST_CASE("Ruby: rows without a label are numbered, a row that is cut off is told") {
    const std::string head = "       user     system      total        real\n";
    const Reading read = read_with(
        "ruby_benchmark", "x", head + "   1.0   0.0   1.0 (  1.5)\nb  1.0   0.0   1.0 (  1.");
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].name == "report 1");
    CHECK(read.partial() == "line 3: the last line was cut off");
}

TEST_CASE("Dart: run times are microseconds, other scores keep their unit") {
    const auto one = sample("bencher/dart/benchmark_harness/one.txt");
    const auto two = sample("bencher/dart/benchmark_harness/two.txt");
    if (!one || !two) {
        return;
    }
    CHECK(read_with("dart_harness", "x", *one).samples("Template") == std::vector<double>{1e-6});
    const Reading read = read_with("dart_harness", "x", *two + "Loop(Size): 12 points.\nHello.\n");
    REQUIRE(read.cases().size() == 3);
    CHECK(read.samples("ForLoop") == std::vector<double>{2e-6});
    CHECK(read.metric("Loop", "size").unit == "{points}");
}
