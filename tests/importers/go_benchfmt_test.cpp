// The Go benchmark format: real files, keys that change, units, and a last line that was cut off.
#include "reading.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace assay;
using namespace assay::test;
using measure::Direction;

TEST_CASE("Go: repeats are samples, sub-benchmarks are parameters") {
    const auto bytes = sample("go-benchfmt/suffixarray.bench");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("go_benchfmt", "suffixarray.bench", *bytes);
    REQUIRE(read.status == ASSAY_OK);
    CHECK(read.runs().size() == 1);
    CHECK(read.runs()[0].hardware.at("cpu") == "Intel(R) Core(TM) i7-8665U CPU @ 1.90GHz");
    const measure::ImportedCase row = read.cases().front();
    CHECK(row.suite == "index/suffixarray");
    CHECK(row.name == "BenchmarkNew");
    CHECK(row.parameters.at("size") == "100K");
    CHECK(row.parameters.at("gomaxprocs") == 8);
    REQUIRE(row.metrics.size() == 4);
    CHECK(row.metrics[0].samples == std::vector<double>{4052123 / 1e9});
    CHECK(row.metrics[1].key == "bytes_rate");
    CHECK(row.metrics[1].samples == std::vector<double>{24.68 * 1e6});
    CHECK(row.metrics[1].direction == Direction::higher);
    CHECK(row.metrics[2].key == "allocated");
    CHECK(row.metrics[3].unit == "{allocs}");
    std::size_t repeats = 0;
    for (const measure::ImportedCase& other : read.cases()) {
        repeats += other.parameters == row.parameters && other.name == row.name ? 1 : 0;
    }
    CHECK(repeats == 10);
}

TEST_CASE("Go: a key that changes in the middle begins another run") {
    const auto bytes = sample("go-benchfmt/benchstat/units.txt");
    if (!bytes) {
        return;
    }
    const Reading read = read_with("go_benchfmt", "units.txt", *bytes);
    REQUIRE(read.runs().size() == 2);
    CHECK(read.runs()[0].environment.at("note") == "before");
    CHECK(read.runs()[1].environment.at("note") == "after");
    CHECK(read.cases().size() == 8);
    CHECK(read.metric("BenchmarkSize", "text_bytes").exact);
    CHECK(read.metric("BenchmarkSize", "text_bytes").unit == "{text-bytes}");
}

TEST_CASE("Go: tabs and spaces, slashes in names, and a package that follows its results") {
    const auto five = sample("bencher/go/bench/five.txt");
    const auto three = sample("bencher/go/bench/three.txt");
    if (!five || !three) {
        return;
    }
    const Reading read = read_with("go_benchfmt", "five.txt", *five);
    REQUIRE(read.cases().size() == 5);
    CHECK(read.cases()[4].name == "BenchmarkFib/my/tabled/benchmark_-_20");
    CHECK(read.samples("BenchmarkFib20") == std::vector<double>{40537.123 / 1e9});
    const Reading other = read_with("go_benchfmt", "three.txt", *three);
    REQUIRE(other.cases().size() == 3);
    CHECK(other.cases()[0].suite == "bencher.dev");
    CHECK(other.samples("BenchmarkFib20WithAuxMetric", "auxmetricunits") == std::vector<double>{4});
}

TEST_CASE("Go: a name that stands twice in a sub-benchmark is two parameters") {
    const Reading read = read_with("go_benchfmt", "x", "BenchmarkA/n=1/n=2-8 10 5 ns/op\n");
    REQUIRE(read.broken == "");
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].parameters.at("n") == "1");
    CHECK(read.cases()[0].parameters.at("n_2") == "2");
}

TEST_CASE("Go: a failed benchmark is a failed case, and prose is none") {
    const Reading read = read_with("go_benchfmt",
                                   "x.txt",
                                   "Benchmarking took 10 5 minutes\r\n"
                                   "BenchmarkA-4 100 12 ns/op 3 ns/GC\r\n"
                                   "--- FAIL: BenchmarkB-4\r\nFAIL\r\n");
    REQUIRE(read.cases().size() == 2);
    CHECK(read.cases()[1].name == "BenchmarkB");
    CHECK(read.cases()[1].status == measure::CaseStatus::failed);
    CHECK(read.metric("BenchmarkA", "ns_gc").unit == "s/{GC}");
    CHECK(read.samples("BenchmarkA", "ns_gc") == std::vector<double>{3 / 1e9});
}

TEST_CASE("Go: of a last line that was cut off nothing is made up") {
    const std::string whole = "BenchmarkA 100 12.5 ns/op 7 frobs/op\n";
    std::set<double> figures;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const Reading read = read_with("go_benchfmt", "x.txt", whole.substr(0, length));
        for (const measure::ImportedCase& row : read.cases()) {
            for (const measure::ImportedMetric& metric : row.metrics) {
                CHECK((metric.key == "time" || metric.unit == "{frobs}"));
                figures.insert(metric.samples.begin(), metric.samples.end());
            }
        }
    }
    CHECK(figures == std::set<double>{12.5 / 1e9});
}
