// `assay history record`: what is said about figures of another program besides that they are kept.
#include "told_project.hpp"

#include <doctest/doctest.h>

namespace history_record_test {

using namespace assay;
using namespace assay::test;

namespace {

integration::Ended
record(const ToldProject& project, const std::string& metrics, const std::string& metadata = "{}") {
    project.box().write("figures.json",
                        R"({"schema":"assay.record/1","metrics":)" + metrics + R"(,"metadata":)" +
                            metadata + "}");
    return project.assay({"history", "record", "figures.json"});
}

} // namespace

TEST_CASE("an unknown unit is recorded, and the one that was probably meant is named") {
    const ToldProject project;
    const auto ended = record(project, R"({"wait":{"value":3,"unit":"msec","direction":"lower"}})");
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.err, "unit 'msec' of 'wait' is not known"));
    CHECK(has(ended.err, "'ms'?"));
    CHECK_FALSE(has(record(project, R"({"query_latency_vllm":3})").err, "unit"));
}

TEST_CASE("a figure that can be none is refused, and nothing of its document is recorded") {
    const ToldProject project;
    const auto ended = record(project, R"({"query_latency_vllm":3,"cache_hit_rate":87.5})");
    CHECK(ended.exit_code == 2);
    CHECK(has(ended.err, "/metrics/cache_hit_rate"));
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/history.db")));
    CHECK(record(project, R"({"another_name":3})").exit_code == 2);
}

TEST_CASE("a corrected unit or direction begins a new series, and the old one is shown as ended") {
    const ToldProject project;
    const std::string before = R"({"timestamp":"2026-01-05T10:00:00Z"})";
    const std::string after = R"({"timestamp":"2026-01-06T10:00:00Z"})";
    REQUIRE(record(project, R"({"wait":{"value":3,"unit":"By","direction":"lower"}})", before)
                .exit_code == 0);
    REQUIRE(record(project, R"({"wait":{"value":4,"unit":"s","direction":"lower"}})", after)
                .exit_code == 0);
    const auto trend = project.assay({"history", "trend"});
    CHECK(has(trend.out, "[By, lower is better; ended 2026-01-05, since then in s"));
    CHECK(has(trend.out, "[s, lower is better]"));
    const auto document =
        document_of(project.assay({"history", "trend", "--format", "json"}).out, "history.json");
    std::size_t ended = 0;
    for (const json::value& series : document.at("series").as_array()) {
        ended += series.at("ended").is_null() ? 0 : 1;
    }
    CHECK(ended == 1);
    const auto runs = project.store()->runs({});
    REQUIRE(runs.ok());
    CHECK(has(project.assay({"history", "show", runs->back().uuid}).out, "ended 2026-01-05"));
    CHECK_FALSE(has(project.assay({"history", "show", runs->front().uuid}).out, "ended"));
    // What goes on is the one that is meant by hand.
    const auto pinned = project.assay(
        {"baseline", "pin", "record/wait", "wait", "3 s", "--why", "the unit was a slip"});
    CHECK_MESSAGE(pinned.exit_code == 0, pinned.err);
}

TEST_CASE("a timestamp in the future is kept, flagged, and makes no newest run, and none at all is "
          "told") {
    const ToldProject project;
    const auto silent = record(project, R"({"query_latency_vllm":3})");
    CHECK(silent.exit_code == 0);
    CHECK(has(silent.err, "it names no timestamp"));
    const auto ahead =
        record(project, R"({"query_latency_vllm":9})", R"({"timestamp":"2199-01-05T10:00:00Z"})");
    CHECK(ahead.exit_code == 0);
    CHECK(has(ahead.err, "lies in the future"));
    CHECK(has(project.assay({"history", "runs"}).out, "future"));
    CHECK(has(project.assay({"history", "trend"}).out, "future"));
    CHECK(has(project.assay({"history", "show"}).out, "3 s"));
    CHECK(project.store()->run("latest")->points.front().figures->center == 3);
    project.box().write(".assay/gates.json", R"({"schema":"assay.gates/1","rules":[
        {"id":"q","kind":"limit","metric":"query_latency_vllm","op":"<","value":"5 s"}]})");
    CHECK(project.assay({"gate", "--skip-run"}).exit_code == 0);
    const auto runs = project.store()->runs({});
    REQUIRE(runs.ok());
    CHECK(has(project.assay({"history", "show", runs->front().uuid}).out,
              "in the future of its recording"));
}

} // namespace history_record_test
