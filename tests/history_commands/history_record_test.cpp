// `assay history record`: what is said about figures of another program besides that they are kept.
#include "told_project.hpp"

#include <doctest/doctest.h>

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
