#include "told_export.hpp"
#include "tracking/exports/writers.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

TEST_CASE("a case is a line per sample in the Go benchmark format") {
    const ExportedRun told = told_run();
    CHECK(benchfmt_text({&told, 1}).text == "platform: lab_8c\n"
                                            "commit: 4f2c1d0\n"
                                            "branch: main\n"
                                            "date: 2025-10-09T08:54:20.250Z\n"
                                            "Unit items_rate-1/s better=higher\n"
                                            "Unit hit_rate better=higher\n"
                                            "pkg: sums\n"
                                            "BenchmarkAdd/n=64\t1\t1e-06 sec/op\t5e+05 "
                                            "items_rate-1/s\t0.75 hit_rate\n"
                                            "BenchmarkAdd/n=64\t1\t2e-06 sec/op\n"
                                            "BenchmarkAdd/n=64\t1\t3e-06 sec/op\n"
                                            "--- FAIL: BenchmarkBroken\n");
}

TEST_CASE("what the Go benchmark format has no place for is counted") {
    const ExportedRun told = told_run();
    const LeftOut left_out = benchfmt_text({&told, 1}).left_out;
    CHECK(left_out.count("reasons why cases did not pass") == 1);
    CHECK(left_out.count("intervals and spreads of figures") == 1);
    CHECK(left_out.count("units, but as a part of the names of metrics") == 1);
    CHECK(left_out.count("which launch a sample is of, for a metric") == 1);
    CHECK(left_out.count("names as they are: those of Go begin with Benchmark and a capital") == 2);
}

TEST_CASE("a Go program's own names, threads and units go back as they came") {
    ExportedRun told = imported_run("go_benchfmt", "BenchmarkSort/fast");
    history::Series& series = told.run.points.front().series;
    series.case_id = "go_benchfmt/BenchmarkSort/fast[text=a%20b,gomaxprocs=8]";
    series.metric = "text_bytes";
    series.source_unit = "text-bytes";
    series.unit = "{text-bytes}";
    told.run.points.front().flags = history::point_flag::exact;
    told.run.platform.identity = {{"hardware", {{"goos", "linux"}, {"goarch", "arm64"}}}};
    const std::string text = benchfmt_text({&told, 1}).text;
    CHECK(text.starts_with("goos: linux\ngoarch: arm64\ncommit: "));
    CHECK(holds(text, "\nUnit text-bytes assume=exact better=lower\n"));
    CHECK(holds(text, "\nBenchmarkSort/fast/text=a_b-8\t1\t1e-06 text-bytes\n"));
    CHECK_FALSE(holds(text, "pkg:"));
}

TEST_CASE("nanoseconds of a Go program's own unit come back to the bit") {
    ExportedRun told = imported_run("go_benchfmt", "BenchmarkGC");
    history::Point& point = told.run.points.front();
    point.series.metric = "ns_gc";
    point.series.source_unit = "ns/GC";
    point.series.unit = "s/{GC}";
    point.samples.launches = {{123.457 / 1e9}};
    CHECK(holds(benchfmt_text({&told, 1}).text, "\t123.457 ns/GC\n"));
}

TEST_CASE("a later run overrides what the one before said, and deletes what it does not say") {
    const ExportedRun first = told_run();
    ExportedRun second = told_run();
    second.run.git.branch.clear();
    second.run.git.sha = "abcdef0";
    const ExportedRun both[] = {first, second};
    const std::string text = benchfmt_text(both).text;
    CHECK(holds(text, "--- FAIL: BenchmarkBroken\nbranch:\ncommit: abcdef0\nBenchmarkAdd"));
}

TEST_CASE("of a unit about whose direction cases disagree the Go benchmark format tells none") {
    ExportedRun told = told_run();
    history::Point failures = told_figure("hit_rate", "1", measure::Direction::lower, 0.1);
    failures.series.case_id = "sums/fail";
    told.run.points.push_back(failures);
    const ExportText made = benchfmt_text({&told, 1});
    CHECK_FALSE(holds(made.text, "Unit hit_rate better"));
    CHECK(made.left_out.count("directions of a unit about which cases disagree") == 1);
}
