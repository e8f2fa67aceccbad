// criterion.rs: its folder in both layouts, cargo-criterion's messages, and its text.
#include "tree.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

namespace {

const std::string kBenchmark =
    R"({"group_id":"sort","function_id":"quick","value_str":"64","throughput":{"Bytes":512}})";
const std::string kSample = R"({"sampling_mode":"Flat","iters":[1.0,2.0],"times":[10.0,40.0]})";
const std::string kOlder = R"({"sampling_mode":"Flat","iters":[1.0,1.0],"times":[30.0,40.0]})";
const std::string kEstimates =
    R"({"mean":{"confidence_interval":{"confidence_level":0.95,"lower_bound":9,"upper_bound":21},
        "point_estimate":15.0,"standard_error":1},
        "median":{"confidence_interval":{"confidence_level":0.95,"lower_bound":10,
        "upper_bound":20},"point_estimate":15.0,"standard_error":1},
        "median_abs_dev":{"point_estimate":1},"slope":null,"std_dev":{"point_estimate":2}})";

} // namespace

TEST_CASE("criterion: the folder of an old version, of which base is a copy of new") {
    const auto image = sample_tree("criterion");
    if (!image) {
        return;
    }
    CHECK(probe_with("criterion", "criterion/", *image) >= 60);
    const Reading read = read_with("criterion", "criterion/", *image);
    REQUIRE(read.status == ASSAY_OK);
    CHECK(read.partial() == "");
    CHECK(read.runs().size() == 1);
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].suite == "Fibonacci2");
    CHECK(read.cases()[0].parameters.at("value") == "21");
    const measure::ImportedMetric time = read.metric("Iterative");
    REQUIRE(time.samples.size() == 100);
    CHECK(time.samples[0] == doctest::Approx(1119000.0 / 190695.0 * 1e-9).epsilon(1e-12));
    CHECK(time.median == doctest::Approx(5.103754249805536e-9).epsilon(1e-12));
    CHECK(time.lo == doctest::Approx(5.083120068147297e-9).epsilon(1e-12));
    CHECK(time.unit == "s");
    CHECK(time.direction == Direction::lower);
}

TEST_CASE("criterion: a part of a benchmark by itself is known, and refused for its missing name") {
    for (const std::string& part : {kEstimates, kSample}) {
        CHECK(probe_with("criterion", "estimates.json", part) >= 60);
        const Reading read = read_with("criterion", "estimates.json", part);
        CHECK(read.cases().empty());
        CHECK(read.text.find("does not say of which") != std::string::npos);
    }
}

TEST_CASE("criterion: what is none of its files is told, and its pictures are not") {
    const Reading read = read_with("criterion",
                                   "criterion/",
                                   tar_of({{"google.json", R"({"benchmarks": []})"},
                                           {"report/index.html", "x"},
                                           {"sort/quick/64/new/benchmark.json", kBenchmark},
                                           {"sort/quick/64/new/estimates.json", kEstimates},
                                           {"sort/quick/64/new/raw.csv", "x"},
                                           {"sort/quick/64/new/sample.json", kSample},
                                           {"sort/quick/64/new/tukey.json", "[1,2,3,4]"},
                                           {"sort/quick/64/report/mean.svg", "x"},
                                           {"sort/quick/64/todo/notes.txt", "x"}}));
    REQUIRE(read.status == ASSAY_OK);
    CHECK(read.cases().size() == 1);
    const auto end = std::get<measure::ImportedEnd>(read.events.back());
    CHECK(end.unread == std::vector<std::string>{"google.json", "sort/quick/64/todo/notes.txt"});
}

TEST_CASE("criterion: another baseline is a run before the newest, slope may be null") {
    const Reading read = read_with("criterion",
                                   "criterion/",
                                   tar_of({{"sort/quick/64/base/benchmark.json", kBenchmark},
                                           {"sort/quick/64/base/estimates.json", kEstimates},
                                           {"sort/quick/64/base/sample.json", kOlder},
                                           {"sort/quick/64/change/estimates.json", kEstimates},
                                           {"sort/quick/64/new/benchmark.json", kBenchmark},
                                           {"sort/quick/64/new/estimates.json", kEstimates},
                                           {"sort/quick/64/new/sample.json", kSample}}));
    REQUIRE(read.runs().size() == 2);
    CHECK(read.runs()[0].environment.at("baseline") == "base");
    CHECK(read.runs()[1].environment.at("baseline") == "new");
    REQUIRE(read.cases().size() == 2);
    CHECK(read.cases()[0].metrics[0].samples == std::vector<double>{30e-9, 40e-9});
    CHECK(read.cases()[1].metrics[0].samples == std::vector<double>{10e-9, 20e-9});
    const measure::ImportedMetric rate = read.cases()[1].metrics.at(1);
    CHECK(rate.key == "bytes_rate");
    CHECK(rate.unit == "By/s");
    CHECK(rate.direction == Direction::higher);
    CHECK(rate.samples[0] == doctest::Approx(512 / 10e-9));
}

TEST_CASE("criterion: a document of the folder that is broken is named, the others are read") {
    const Reading read = read_with("criterion",
                                   "criterion/",
                                   tar_of({{"a/new/benchmark.json", R"({"group_id":"a")"},
                                           {"a/new/sample.json", kSample},
                                           {"b/new/benchmark.json", R"({"group_id":"b"})"},
                                           {"b/new/sample.json", kSample.substr(0, 40)}}));
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].name == "a");
    CHECK(read.partial().find("a/new/benchmark.json, line 1") == 0);
}

TEST_CASE("criterion: text with names that are long, have spaces, or follow tests") {
    const auto many = sample("bencher/rust/criterion/many.txt");
    const auto dogfood = sample("bencher/rust/criterion/dogfood.txt");
    const auto failed = sample("bencher/rust/criterion/failed.txt");
    if (!many || !dogfood || !failed) {
        return;
    }
    const Reading read = read_with("criterion", "many.txt", *many);
    REQUIRE(read.cases().size() == 5);
    CHECK(read.metric("file").mean == doctest::Approx(323.90e-12));
    CHECK(read.metric("file").lo == doctest::Approx(320.62e-12));
    CHECK(read.metric("file").source_unit == "ps");
    CHECK(read.metric("tracing_file").mean == doctest::Approx(18.019e-6));
    CHECK(read.metric("benchmark: name with spaces").hi == doctest::Approx(24.240e-9));
    const Reading two = read_with("criterion", "dogfood.txt", *dogfood);
    CHECK(two.cases().size() == 4);
    CHECK(two.metric("Adapter::Magic (JSON)").mean == doctest::Approx(3.4632e-6));
    CHECK(read_with("criterion", "failed.txt", *failed).cases().size() == 4);
}

TEST_CASE("criterion: a benchmark that was begun and has no figures has failed") {
    const Reading read =
        read_with("criterion",
                  "x.txt",
                  "Benchmarking a\nBenchmarking a: Warming up for 3.0000 s\n"
                  "a   time:   [1.0 ns 2.0 ns 3.0 ns]\n"
                  "    thrpt:  [1.0 Melem/s 2.0 Melem/s 3.0 Melem/s]\nBenchmarking b\npanic\n");
    REQUIRE(read.cases().size() == 2);
    CHECK(read.metric("a", "items_rate").mean == 2e6);
    CHECK(read.metric("a", "items_rate").unit == "1/s");
    CHECK(read.cases()[1].name == "b");
    CHECK(read.cases()[1].status == CaseStatus::failed);
}

TEST_CASE("criterion: messages of cargo-criterion among a build's") {
    const std::string message =
        R"({"reason":"benchmark-complete","id":"norm","report_directory":"x",
            "iteration_count":[30,60],"measured_values":[300.0,1200.0],"unit":"ns",
            "throughput":[{"per_iteration":10,"unit":"elements"}],
            "typical":{"estimate":15,"lower_bound":10,"upper_bound":20,"unit":"ns"},
            "mean":{"estimate":15,"lower_bound":10,"upper_bound":20,"unit":"ns"},
            "median":{"estimate":15,"lower_bound":10,"upper_bound":20,"unit":"ns"},
            "slope":null,"change":null})";
    const std::string stream =
        R"({"reason":"compiler-artifact"})"
        "\nwarning: unused\n" +
        message + "\n" + R"({"reason":"group-complete","group_name":"n","benchmarks":["norm"]})" +
        "\n";
    CHECK(probe_with("criterion", "run.ndjson", stream) >= 60);
    const Reading read = read_with("criterion", "run.ndjson", stream);
    CHECK(read.partial() == "");
    REQUIRE(read.cases().size() == 1);
    CHECK(read.metric("norm").samples == std::vector<double>{10e-9, 20e-9});
    CHECK(read.metric("norm", "items_rate").samples[0] == doctest::Approx(1e9));
    const Reading cut = read_with("criterion", "x", stream + message.substr(0, 90));
    CHECK(cut.cases().size() == 1);
    CHECK(cut.partial().find("line ") == 0);
}
