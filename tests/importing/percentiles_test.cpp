// Percentiles that a tool told of a run: their trend, their analysis and limits on them.
#include "told_project.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace assay;
using namespace assay::test;

namespace {

// As older versions of k6 write it: nothing says how many requests there were.
std::string load_test(double p95) {
    return fmt::format(
        R"x({{"metrics":{{"http_req_duration":{{"avg":60,"min":20,"med":50,"max":900,"p(90)":90,
            "p(95)":{}}},"iterations":{{"count":30,"rate":10}}}},"root_group":{{}}}})x",
        p95);
}

void import_days(const ToldProject& project, const std::vector<double>& p95s) {
    int day = 1;
    for (const double p95 : p95s) {
        project.box().write("k6.json", load_test(p95));
        const auto ended = project.assay({"import",
                                          "k6",
                                          "k6.json",
                                          "--platform",
                                          "stage",
                                          "--branch",
                                          "main",
                                          "--date",
                                          fmt::format("2026-01-{:02}", day++)});
        REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
    }
}

} // namespace

TEST_CASE("the p95 of imported load tests has a trend and an analysis") {
    const ToldProject project;
    import_days(project, {100, 101, 100, 102, 101, 100, 101, 150, 152, 151, 150, 151, 152, 150});
    const auto trend = project.assay(
        {"history", "trend", "k6/http_req_duration", "--statistic", "p95", "--format", "json"});
    REQUIRE_MESSAGE(trend.exit_code == 0, trend.err);
    const json::object document = document_of(trend.out, "history.json");
    REQUIRE(document.at("series").as_array().size() == 1); // p90 and the counters tell no p95
    const json::array& points = document.at("series").at(0).at("points").as_array();
    REQUIRE(points.size() == 14);
    CHECK(points.at(0).at("figure").to_number<double>() == doctest::Approx(0.1));
    CHECK(points.at(7).at("figure").to_number<double>() == doctest::Approx(0.15));
    const auto analysis = project.assay({"analyze", "--statistic", "p95", "--format", "json"});
    REQUIRE_MESSAGE(analysis.exit_code == 0, analysis.err);
    const json::object found = document_of(analysis.out, "analysis.json");
    const json::array& changes = found.at("branches").at(0).at("changes").as_array();
    REQUIRE(changes.size() == 1);
    CHECK(changes.at(0).at("after").to_number<double>() == doctest::Approx(0.151).epsilon(0.01));
    CHECK(changes.at(0).at("worse").as_bool());
}

TEST_CASE("a limit on p95 holds an imported percentile although nobody counted the requests") {
    const ToldProject project;
    import_days(project, {150});
    const auto gated = [&project](const std::string& limit) {
        project.box().write(".assay/gates.json",
                            R"({"schema": "assay.gates/1", "rules": [{"id": "tail",
                                "kind": "limit", "match": {"family": "http_req_duration"},
                                "metric": "time", "statistic": "p95", "op": "<", "value": ")" +
                                limit + R"("}]})");
        return project.assay(
            {"gate", "--skip-run", "--platform", "stage", "--branch", "main", "--format", "json"});
    };
    const auto passed = gated("160 ms");
    CHECK_MESSAGE(passed.exit_code == 0, passed.err);
    CHECK_FALSE(has(passed.err, "a percentile of a single figure"));
    const auto failed = gated("140 ms");
    CHECK(failed.exit_code == 1);
    const json::object document = document_of(failed.out, "gate.json");
    CHECK(document.at("lines").at(0).at("figure").to_number<double>() == doctest::Approx(0.15));
}
