// Load generators and counters of the system: k6, wrk, perf stat.
#include "reading.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using measure::CaseStatus;
using measure::Direction;

namespace {

const std::string kWrk = "Running 30s test @ http://127.0.0.1:8080/index.html\n"
                         "  12 threads and 400 connections\n"
                         "  Thread Stats   Avg      Stdev     Max   +/- Stdev\n"
                         "    Latency   635.91us    0.89ms  12.92ms   93.69%\n"
                         "    Req/Sec    56.20k     8.07k   62.00k    86.54%\n"
                         "  Latency Distribution\n     50%  250.00us\n     75%  491.00us\n"
                         "     90%  700.00us\n     99%    5.80ms\n"
                         "  22464657 requests in 30.00s, 17.76GB read\n"
                         "  Socket errors: connect 0, read 2, write 0, timeout 12\n"
                         "Requests/sec: 748868.53\nTransfer/sec:    606.33MB\n";

} // namespace

TEST_CASE("wrk: latencies, rates and errors of a test") {
    CHECK(probe_with("wrk", "x.txt", kWrk) >= 60);
    const Reading read = read_with("wrk", "x.txt", kWrk + kWrk);
    REQUIRE(read.cases().size() == 2);
    CHECK(read.cases()[0].name == "http://127.0.0.1:8080/index.html");
    CHECK(read.cases()[0].parameters.at("connections") == 400);
    const std::string name = read.cases()[0].name;
    const measure::ImportedMetric time = read.metric(name);
    CHECK(time.mean == doctest::Approx(635.91e-6));
    CHECK(time.median == doctest::Approx(250e-6));
    CHECK(time.p99 == doctest::Approx(5.8e-3));
    CHECK(time.max == doctest::Approx(12.92e-3));
    CHECK(time.n == 22464657);
    CHECK(read.metric(name, "throughput").median == 748868.53);
    CHECK(read.metric(name, "throughput").direction == Direction::higher);
    CHECK(read.metric(name, "bytes_rate").median == 606.33 * 1024 * 1024);
    CHECK(read.metric(name, "socket_errors").median == 14);
    const Reading cut = read_with("wrk", "x", kWrk + kWrk.substr(0, kWrk.size() - 40));
    CHECK(cut.cases().size() == 1);
    CHECK(cut.partial() != "");
}

TEST_CASE("k6: both layouts of a summary say the same") {
    const std::string older = R"x({"metrics":{"http_req_duration{scenario:default}":{"avg":2,
        "min":1,"med":1.5,"max":9,"p(90)":3,"p(95)":4,"thresholds":{"p(95)<3":true}},
        "http_reqs":{"count":30,"rate":10},"checks":{"passes":9,"fails":1,"value":0.9},
        "data_sent":{"count":100,"rate":5},"vus":{"value":1,"min":1,"max":1}},"root_group":{}})x";
    const std::string newer = R"x({"metrics":{"http_req_duration{scenario:default}":{"type":"trend",
        "contains":"time","values":{"avg":2,"min":1,"med":1.5,"max":9,"p(90)":3,"p(95)":4},
        "thresholds":{"p(95)<3":{"ok":false}}},
        "http_reqs":{"type":"counter","contains":"default","values":{"count":30,"rate":10}},
        "checks":{"type":"rate","contains":"default","values":{"rate":0.9,"passes":9,"fails":1}},
        "data_sent":{"type":"counter","contains":"data","values":{"count":100,"rate":5}},
        "vus":{"type":"gauge","contains":"default","values":{"value":1,"min":1,"max":1}}},
        "root_group":{}})x";
    for (const std::string& summary : {older, newer}) {
        CHECK(probe_with("k6", "x.json", summary) >= 60);
        CHECK(probe_with("bencher_bmf", "x.json", summary) < 60);
        const Reading read = read_with("k6", "x.json", summary);
        REQUIRE(read.cases().size() == 5);
        CHECK(read.cases()[0].parameters.at("scenario") == "default");
        CHECK(read.cases()[0].note == "crossed: p(95)<3");
        CHECK(read.metric("http_req_duration").median == 1.5e-3);
        CHECK(read.metric("http_req_duration").p95 == 4e-3);
        CHECK(read.metric("http_req_duration", "p90").median == 3e-3);
        CHECK(read.metric("http_reqs", "rate").direction == Direction::higher);
        CHECK(read.metric("checks", "rate").median == 0.9);
        CHECK(read.metric("data_sent", "count").unit == "By");
        CHECK(read.metric("vus", "value").direction == Direction::none);
    }
}

TEST_CASE("perf stat: counters in values between commas, of intervals and of repeats") {
    const std::string counters = "# started on Mon Jan  1 03:00:00 2024\n\n"
                                 "1.23,msec,task-clock,1230000,100.00,0.998,CPUs utilized\n"
                                 "3812345,,cycles:u,0.50%,1230000,60.00,3.100,GHz\n"
                                 "<not supported>,,instructions,0,100.00,,\n";
    CHECK(probe_with("perf_stat", "x.csv", counters) >= 60);
    CHECK(probe_with("csv_series", "x.csv", counters) < 60);
    const Reading read = read_with("perf_stat", "run/sort.csv", counters);
    REQUIRE(read.cases().size() == 1);
    CHECK(read.cases()[0].name == "sort");
    CHECK(read.samples("sort", "task_clock") == std::vector<double>{1.23e-3});
    CHECK(read.metric("sort", "task_clock").unit == "s");
    CHECK(read.samples("sort", "cycles_u") == std::vector<double>{3812345});
    CHECK(read.metric("sort", "cycles_u").direction == Direction::lower);
    CHECK(read.samples("sort", "cycles_u.ghz") == std::vector<double>{3.1});
    CHECK(read.cases()[0].note == "cycles:u was counted a part of the time and scaled; "
                                  "instructions was not counted");
    const Reading intervals = read_with("perf_stat",
                                        "x.csv",
                                        "     1.000;100;;cycles;1;100.00;;\n"
                                        "     2.000;200;;cycles;1;100.00;;\n"
                                        "     3.000;30");
    CHECK(intervals.samples("x", "cycles") == std::vector<double>{100, 200});
    CHECK(intervals.partial() == "line 3: the last line was cut off");
}

TEST_CASE("perf stat: counters as JSON") {
    const std::string counters =
        R"({"counter-value" : "1.5", "unit" : "msec", "event" : "task-clock", )"
        R"("event-runtime" : 1500000, "pcnt-running" : 100.00, "metric-value" : "0.9", )"
        R"("metric-unit" : "CPUs utilized"})"
        "\n"
        R"({"counter-value" : "<not counted>", "unit" : "", "event" : "cycles"})"
        "\n";
    CHECK(probe_with("perf_stat", "x.json", counters) >= 60);
    const Reading read = read_with("perf_stat", "x.json", counters);
    CHECK(read.samples("x", "task_clock") == std::vector<double>{1.5e-3});
    CHECK(read.cases().at(0).note == "cycles was not counted");
    const Reading cut = read_with("perf_stat", "x.json", counters.substr(0, 230));
    CHECK(cut.cases().size() == 1);
    CHECK(cut.partial() != "");
}
