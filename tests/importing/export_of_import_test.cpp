// What was imported, exported in its own format and imported again, is the same series with the
// same figures: names, parameters, units and directions come back as they were.
#include "support/file.hpp"
#include "told_files.hpp"
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace assay;
using namespace assay::test;

namespace {

struct Foreign {
    std::string importer, format;
    std::string text;
    std::vector<std::string> export_words = {};
    std::vector<std::string> import_words = {};
};

history::Run imported(const ToldProject& project, const Foreign& foreign, const std::string& file) {
    std::vector<std::string> words{"import", foreign.importer, file, "--platform", "lab"};
    words.insert(words.end(), foreign.import_words.begin(), foreign.import_words.end());
    const auto ended = project.assay(words);
    INFO(ended.err);
    REQUIRE(ended.exit_code == 0);
    auto run = project.store()->run("latest");
    REQUIRE(run.ok());
    return std::move(*run);
}

std::map<std::string, const history::Point*> points_by_key(const history::Run& run) {
    std::map<std::string, const history::Point*> points;
    for (const history::Point& point : run.points) {
        points.emplace(history::series_key(point.series), &point);
    }
    return points;
}

void check_same(const history::Run& first, const history::Run& second) {
    REQUIRE_FALSE(first.points.empty());
    const auto before = points_by_key(first), after = points_by_key(second);
    CHECK(before.size() == after.size());
    for (const auto& [key, point] : before) {
        CAPTURE(point->series.case_id);
        CAPTURE(point->series.metric);
        const auto found = after.find(key);
        CHECK(found != after.end());
        if (found == after.end() || !point->figures || !found->second->figures) {
            continue;
        }
        CHECK(found->second->figures->center == point->figures->center);
        CHECK(found->second->samples.launches == point->samples.launches);
        CHECK(found->second->flags == point->flags);
    }
    CHECK(first.failures.size() == second.failures.size());
}

// There and back in one project each, of one run.
void check_trip(const Foreign& foreign) {
    CAPTURE(foreign.format);
    const ToldProject first, second;
    first.box().write("original", foreign.text);
    const history::Run before = imported(first, foreign, first.file("original").string());
    const std::string file = second.file("exported").string();
    std::vector<std::string> words{"export", foreign.format, "--output", file};
    words.insert(words.end(), foreign.export_words.begin(), foreign.export_words.end());
    const auto exported = first.assay(words);
    INFO(exported.err);
    REQUIRE(exported.exit_code == 0);
    check_same(before, imported(second, foreign, file));
}

std::string sample_text(const std::string& name) {
    const std::string path = std::string(ASSAY_SOURCE_DIR) + "/../shared/data/imports/" + name;
    const auto text = read_file(path);
    if (!text) {
        MESSAGE("skipped: there is no sample ", path);
    }
    return text ? *text : std::string();
}

} // namespace

TEST_CASE("small files of four tools come back as they went") {
    check_trip({"google-benchmark", "google-benchmark", google_file(100.0 / 3)});
    check_trip({"go-benchfmt", "benchfmt", sized_file(4096, 100.0 / 3)});
    check_trip({"go-benchfmt",
                "benchfmt",
                "pkg: a/b\nBenchmarkMap/impl=swiss/n=64-8 10 7.25 ns/op 3 ns/GC 12 p99-ns\n"
                "BenchmarkMap/impl=swiss/n=64-8 10 7.5 ns/op 4 ns/GC 13 p99-ns\n"
                "BenchmarkPlain 1 1e3 ns/op 2 MB/s 16 B/op 1 allocs/op\n"});
    check_trip({"bencher-bmf",
                "bmf",
                R"({"parse file": {"latency": {"value": 12.5, "lower_value": 12, "upper_value": 13},
                    "file-size": {"value": 4096}, "my-measure": {"value": 0.3}}})"});
    check_trip({"github-action-benchmark",
                "github-action-benchmark",
                R"([{"name": "A [x=1], b", "unit": "ns/op", "value": 33.25, "range": "± 2"},
                    {"name": "C", "unit": "s", "value": 0.1}])",
                {"--direction", "lower"},
                {"--direction", "lower"}});
}

TEST_CASE("files that other tools have written come back as they went") {
    const std::vector<std::array<std::string, 3>> samples{
        {"google-benchmark", "google-benchmark", "google-benchmark/test1_run1.json"},
        {"google-benchmark", "google-benchmark", "bencher/cpp/google/two.txt"},
        {"go-benchfmt", "benchfmt", "go-benchfmt/suffixarray.bench"},
        {"go-benchfmt", "benchfmt", "go-benchfmt/benchstat/new.txt"},
        {"go-benchfmt", "benchfmt", "bencher/go/bench/five.txt"},
        {"bencher-bmf", "bmf", "bencher/json/report_latency.json"},
        {"bencher-bmf", "bmf", "bencher/json/report_dhat.json"}};
    for (const auto& [importer, format, name] : samples) {
        CAPTURE(name);
        const std::string text = sample_text(name);
        if (!text.empty()) {
            check_trip({importer, format, text});
        }
    }
}

TEST_CASE("a space in a name is encoded once, however often the name goes out and in") {
    const std::string text =
        R"({"context": {"date": "2026-11-21T10:00:00Z", "num_cpus": 8, "executable": "my bench"},
            "benchmarks": [{"name": "BM sort/of 64", "run_type": "iteration", "iterations": 10,
            "real_time": 100, "cpu_time": 100, "time_unit": "ns"}]})";
    for (const auto& [format, importer] :
         {std::pair{"google-benchmark", "google_benchmark"},
          std::pair{"bmf", "bencher_bmf"},
          std::pair{"github-action-benchmark", "github_action_benchmark"},
          std::pair{"junit", "junit"},
          std::pair{"openmetrics", "openmetrics"}}) {
        CAPTURE(format);
        const ToldProject first, second;
        first.box().write("original.json", text);
        REQUIRE(first.assay({"import", "google-benchmark", "original.json"}).exit_code == 0);
        CHECK(first.store()->run("latest")->points.front().series.case_id ==
              "my%20bench/BM%20sort/of%2064");
        const std::string file = second.file("exported").string();
        const auto exported = first.assay({"export", format, "--output", file});
        REQUIRE_MESSAGE(exported.exit_code == 0, exported.err);
        const auto imported = second.assay({"import", importer, file});
        REQUIRE_MESSAGE(imported.exit_code == 0, imported.err);
        const auto run = second.store()->run("latest");
        REQUIRE_FALSE(run->points.empty());
        for (const history::Point& point : run->points) {
            CAPTURE(point.series.case_id);
            CHECK(has(point.series.case_id, "BM%20sort/of%2064"));
            CHECK_FALSE(has(point.series.case_id, "%25"));
        }
    }
}
