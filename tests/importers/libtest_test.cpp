// Rust's built-in benchmarks.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

TEST_CASE("libtest: every unit, with separators and decimals") {
    const auto many = sample("bencher/rust/bench/many.txt");
    const auto decimals = sample("bencher/rust/bench/issue_390.txt");
    if (!many || !decimals) {
        return;
    }
    const Reading read = read_with("libtest", "many.txt", *many);
    REQUIRE(read.cases().size() == 8);
    CHECK(read.metric("tests::benchmark").median == 3161 / 1e9);
    CHECK(read.metric("tests::benchmark", "spread").median == 975 / 1e9);
    CHECK(read.metric("tests::benchmark").direction == Direction::lower);
    CHECK(read.metric("tests::one_digit").median == 1e-6);
    CHECK(read.metric("tests::two_digit").median == 0.022);
    CHECK(read.metric("tests::three_digit").median == 333);
    CHECK(read.cases()[0].status == CaseStatus::skipped);
    const Reading fine = read_with("libtest", "x", *decimals);
    CHECK(fine.cases().size() == 13);
    CHECK(fine.metric("bleu::benchmark::bench_batch_bleu").median == 13967756.30 / 1e9);
}

TEST_CASE("libtest: targets are suites, what failed is told, nothing is nothing") {
    const auto targets = sample("bencher/rust/bench/multi_target.txt");
    const auto failed = sample("bencher/rust/bench/failed.txt");
    const auto zero = sample("bencher/rust/bench/zero.txt");
    if (!targets || !failed || !zero) {
        return;
    }
    const Reading two = read_with("libtest", "x", *targets);
    REQUIRE(two.cases().size() == 2);
    CHECK(two.cases()[1].suite == "benches/name.rs");
    const Reading four = read_with("libtest", "x", *failed);
    REQUIRE(four.cases().size() == 4);
    CHECK(four.cases()[2].name == "tests::benchmark_b");
    CHECK(four.cases()[2].status == CaseStatus::failed);
    CHECK(probe_with("libtest", "zero.txt", *zero) >= 60);
    const Reading none = read_with("libtest", "zero.txt", *zero);
    CHECK(none.status == ASSAY_OK);
    CHECK(none.cases().empty());
}

TEST_CASE("libtest: rates, reasons, and a last line that was cut off") {
    const Reading read = read_with("libtest",
                                   "x",
                                   "test a ... bench:       1,000 ns/iter (+/- 5) = 812 MB/s\n"
                                   "test b ... ignored, too slow\ntest c ... ok\n"
                                   "test d ... bench:       2,0");
    REQUIRE(read.cases().size() == 2);
    CHECK(read.metric("a", "bytes_rate").median == 812e6);
    CHECK(read.metric("a", "bytes_rate").unit == "By/s");
    CHECK(read.cases()[1].reason == "ignored, too slow");
    CHECK(read.partial() == "line 4: the last line was cut off");
}
