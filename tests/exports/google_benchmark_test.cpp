#include "told_export.hpp"
#include "tracking/exports/writers.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

TEST_CASE("a google-benchmark document has a row per sample of the time, and the median") {
    const ExportText made = google_benchmark_text(told_run());
    const json::value document = parsed(made.text);
    CHECK(document.at("context").at("executable") == "sums");
    CHECK(document.at("context").at("date") == "2025-10-09T08:54:20.250Z");
    CHECK(document.at("context").at("git_commit") == "4f2c1d0");
    CHECK(document.at("context").at("num_cpus") == 8);
    const json::array& rows = document.at("benchmarks").get_array();
    REQUIRE(rows.size() == 5);
    const double samples[] = {1e-6, 2e-6, 3e-6};
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(rows[i].at("name") == "add/n:64");
        CHECK(rows[i].at("run_name") == "add/n:64");
        CHECK(rows[i].at("run_type") == "iteration");
        CHECK(rows[i].at("repetitions") == 3);
        CHECK(rows[i].at("repetition_index") == static_cast<std::int64_t>(i));
        CHECK(rows[i].at("real_time").to_number<double>() == samples[i]);
        CHECK(rows[i].at("time_unit") == "s");
        CHECK(rows[i].get_object().contains("hit_rate") == (i == 0));
        CHECK_FALSE(rows[i].get_object().contains("cpu_time"));
    }
    CHECK(rows[0].at("items_per_second") == 5e5);
    CHECK(rows[3].at("name") == "add/n:64_median");
    CHECK(rows[3].at("run_type") == "aggregate");
    CHECK(rows[3].at("aggregate_name") == "median");
    CHECK(rows[3].at("real_time").to_number<double>() == 2e-6);
}

TEST_CASE("real_time of google-benchmark is the wall's where a case tells it beside its time") {
    ExportedRun told = told_run();
    const auto with = [&](const char* metric, double figure) {
        told.run.points.push_back(told_figure(metric, "s", measure::Direction::lower, figure));
    };
    with("wall_time", 9e-6);
    with("cpu_time", 2e-6); // as the time is
    const ExportText made = google_benchmark_text(told);
    const json::value document = parsed(made.text);
    const json::object& first = document.at("benchmarks").at(0).get_object();
    CHECK(first.at("real_time") == 9e-6);
    CHECK(first.at("cpu_time") == 2e-6);
    CHECK_FALSE(first.contains("time"));
    CHECK_FALSE(first.contains("wall_time"));
    CHECK(made.left_out.count("times that are neither the wall's nor the processor's") == 0);
    told.run.points.pop_back();
    with("cpu_time", 3e-6);
    CHECK(google_benchmark_text(told).left_out.count(
              "times that are neither the wall's nor the processor's") == 1);
}

TEST_CASE("a case that crashed is an error of google-benchmark, one that was skipped is not") {
    ExportedRun told = told_run();
    const json::value failed = parsed(google_benchmark_text(told).text);
    CHECK(failed.at("benchmarks").at(4).at("name") == "broken");
    CHECK(failed.at("benchmarks").at(4).at("error_occurred") == true);
    CHECK(failed.at("benchmarks").at(4).at("error_message") == "crashed: signal 11 <&> \"bad\"");
    told.run.failures.front() = {"sums/broken", measure::CaseStatus::skipped, "no GPU"};
    const json::value skipped = parsed(google_benchmark_text(told).text);
    CHECK(skipped.at("benchmarks").at(4).at("skipped") == true);
    CHECK(skipped.at("benchmarks").at(4).at("skip_message") == "no GPU");
    CHECK_FALSE(skipped.at("benchmarks").at(4).get_object().contains("error_occurred"));
}

TEST_CASE("what google-benchmark has no place for is counted") {
    ExportedRun told = told_run();
    CHECK(google_benchmark_text(told).left_out.kinds() ==
          std::vector<LeftOut::Kind>{{"intervals and spreads of figures", 1},
                                     {"which launch a sample is of, for a metric", 1},
                                     {"units and directions of counters", 1}});
    told.run.points.push_back(told_figure("iterations", "1", measure::Direction::none, 7));
    CHECK(google_benchmark_text(told).left_out.count(
              "metrics whose names mean something else in it") == 1);
    told.run.points.erase(told.run.points.begin()); // the time
    CHECK(google_benchmark_text(told).left_out.count("figures of cases without a time") == 3);
}

TEST_CASE("figures without samples are one row, and the median of several observations") {
    ExportedRun told = told_run();
    told.run.points.front().samples = {};
    const json::value median = parsed(google_benchmark_text(told).text);
    CHECK(median.at("benchmarks").at(0).at("aggregate_name") == "median");
    CHECK(median.at("benchmarks").at(0).at("real_time").to_number<double>() == 2e-6);
    told.run.points.front().figures->n = 1;
    const json::value single = parsed(google_benchmark_text(told).text);
    CHECK(single.at("benchmarks").at(0).at("run_type") == "iteration");
    CHECK(single.at("benchmarks").get_array().size() == 2);
}

TEST_CASE("a program's own names go back to google-benchmark as they came") {
    const auto document =
        parsed(google_benchmark_text(imported_run("google_benchmark", "BM_x%20y/8%25")).text);
    CHECK(document.at("benchmarks").at(0).at("name") == "BM_x y/8%");
    CHECK_FALSE(document.at("context").get_object().contains("executable"));
}

TEST_CASE("suites that share a google-benchmark document become a part of the names") {
    ExportedRun told = told_run();
    told.run.failures.front().case_id = "sorts/broken";
    const ExportText made = google_benchmark_text(told);
    const json::value document = parsed(made.text);
    CHECK(document.at("benchmarks").at(0).at("name") == "sorts/broken");
    CHECK(document.at("benchmarks").at(1).at("name") == "sums/add/n:64");
    CHECK(made.left_out.count("suites, but as a part of the names") == 2);
}
