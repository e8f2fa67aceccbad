// `assay baseline import`: the file of older systems and our own, with and without runs.
#include "told_project.hpp"

#include <doctest/doctest.h>

namespace baseline_import_test {

using namespace assay;
using namespace assay::test;

namespace {

const std::string kOlder = R"({
  "M1_Mac_16GB": {"query_latency_no_vllm": 8.0, "peak_memory_gb": 12.5,
                  "metadata": {"git_commit": "abc123", "python_version": "3.11.9"}},
  "GitHub_Actions_macOS": {"query_latency_no_vllm": 12.0, "metadata": {"notes": "slower"}}
})";

void record_latency(const ToldProject& project, int number, double seconds) {
    project.box().write("figures.json",
                        R"({"schema": "assay.record/1", "metrics": {"query_latency_no_vllm": )" +
                            std::to_string(seconds) +
                            R"(}, "metadata": {"platform": "M1_Mac_16GB", "git_commit": "c)" +
                            std::to_string(number) +
                            R"(", "git_branch": "main", "timestamp": "2026-11-0)" +
                            std::to_string(number) + R"(T10:00:00Z"}})");
    REQUIRE(project.assay({"history", "record", "figures.json"}).exit_code == 0);
}

std::vector<history::BaselineRow> rows_of(const ToldProject& project) {
    auto rows = project.store()->baselines(std::nullopt);
    REQUIRE(rows.ok());
    return std::move(*rows);
}

} // namespace

TEST_CASE("figures of an older file wait in the project's file until a run has them") {
    const ToldProject project;
    project.box().write("old.json", kOlder);
    const auto ended = project.assay({"baseline", "import", "old.json"});
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.out, "waiting"));
    CHECK(has(ended.err, "2^30"));
    const auto file = document_of(project.box().read(".assay/baselines.json"), "baselines.json");
    CHECK(file.at("platforms").at("M1_Mac_16GB").at("metadata").at("python_version") == "3.11.9");
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/history.db")));
    CHECK(has(project.assay({"baseline", "show"}).out, "12.5 GiB"));
    const auto again = project.assay({"baseline", "import", ".assay/baselines.json"});
    CHECK(again.exit_code == 0);
    CHECK(document_of(project.box().read(".assay/baselines.json"), "baselines.json") == file);
}

TEST_CASE("an older file that was imported is exported as it was") {
    const ToldProject project;
    project.box().write("old.json", kOlder);
    REQUIRE(project.assay({"baseline", "import", "old.json"}).exit_code == 0);
    const auto ended = project.assay({"export", "rag-baselines", "--output", "again.json"});
    REQUIRE_MESSAGE(ended.exit_code == 0, ended.err);
    const auto before = parse_json(kOlder), after = parse_json(project.box().read("again.json"));
    REQUIRE(after.ok());
    CHECK(canonical_json(*after) == canonical_json(*before));
    const auto one = project.assay({"export", "rag-baselines", "--platform", "M1_Mac_16GB"});
    CHECK(has(one.out, "M1_Mac_16GB"));
    CHECK_FALSE(has(one.out, "GitHub_Actions_macOS"));
}

TEST_CASE("baselines that the older layout has no name for are told, and alone they are exit 4") {
    const ToldProject project;
    project.record_all({8.0});
    REQUIRE(project.assay({"baseline", "pin", kCase, "time", "8 s", "--why", "x"}).exit_code == 0);
    const auto none = project.assay({"export", "rag-baselines"});
    CHECK(none.exit_code == 4);
    CHECK(none.out.empty());
    CHECK(has(none.err, "none of the 1 baselines has a name"));
    record_latency(project, 1, 7.5);
    REQUIRE(project
                .assay({"baseline",
                        "pin",
                        "record/query_latency_no_vllm",
                        "query_latency_no_vllm",
                        "7 s",
                        "--why",
                        "x"})
                .exit_code == 0);
    const auto some = project.assay({"export", "rag-baselines"});
    CHECK_MESSAGE(some.exit_code == 0, some.err);
    CHECK(has(some.err, "not in rag-baselines: " + std::string(kLabel) + ": " + kCase + " time"));
    const auto document = parse_json(some.out);
    REQUIRE(document.ok());
    CHECK(document->at("M1_Mac_16GB").at("query_latency_no_vllm").to_number<double>() == 7.0);
    CHECK(project.assay({"export", "rag-baselines", "--run", "latest"}).exit_code == 2);
}

TEST_CASE("a waiting figure is what the runs of its label are held against") {
    const ToldProject project;
    project.box().write("old.json", kOlder);
    REQUIRE(project.assay({"baseline", "import", "old.json"}).exit_code == 0);
    for (int number = 1; number < 6; ++number) {
        record_latency(project, number, 7.5);
    }
    const std::string table = project.assay({"baseline", "update", "--dry-run"}).out;
    CHECK(has(table, "8 s"));
    CHECK(has(table, "7.5 s"));
    CHECK(has(table, "6.2 % better")); // 6.25, to the even digit
    REQUIRE(project.assay({"baseline", "update", "--auto-approve-improvements"}).exit_code == 0);
    CHECK(rows_of(project).size() == 1);
    const auto file = document_of(project.box().read(".assay/baselines.json"), "baselines.json");
    const auto& figures = file.at("platforms").at("M1_Mac_16GB").at("figures").get_object();
    CHECK(figures.size() == 2);
    CHECK(figures.at("record/query_latency_no_vllm query_latency_no_vllm").at("value") == 7.5);
}

TEST_CASE("an imported figure of a series that there is becomes a row of the history once") {
    const ToldProject project;
    record_latency(project, 1, 8.1);
    project.box().write("old.json", kOlder);
    const auto dry = project.assay({"baseline", "import", "old.json", "--dry-run"});
    CHECK(dry.exit_code == 0);
    CHECK(has(dry.err, "nothing was changed"));
    CHECK(rows_of(project).empty());
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/baselines.json")));
    CHECK(has(project.assay({"baseline", "import", "old.json"}).err, "1 stored"));
    REQUIRE(rows_of(project).size() == 1);
    CHECK(rows_of(project)[0].center == 8.0);
    CHECK(rows_of(project)[0].why == "imported from old.json");
    const std::int64_t first = rows_of(project)[0].id;
    CHECK(has(project.assay({"baseline", "import", "old.json"}).err, "1 as it was"));
    CHECK(rows_of(project)[0].id == first);
}

TEST_CASE("another unit or direction than the series has is refused and named") {
    const ToldProject project;
    project.record_all({8.0});
    const auto file_with = [&](const std::string& figure) {
        project.box().write("b.json",
                            R"({"schema": "assay.baselines/1", "platforms": {")" +
                                std::string(kLabel) + R"(": {"figures": {")" + kCase +
                                R"( time": )" + figure + "}}}}");
        return project.assay({"baseline", "import", "b.json"});
    };
    const auto unit = file_with(R"({"value": 8, "unit": "By", "direction": "lower"})");
    CHECK(unit.exit_code == 2);
    CHECK(has(unit.out, "refused"));
    CHECK(has(unit.out, "the series is in s"));
    const auto direction = file_with(R"({"value": 8, "unit": "s", "direction": "higher"})");
    CHECK(direction.exit_code == 2);
    CHECK(has(direction.out, "better is higher"));
    CHECK(rows_of(project).empty());
    CHECK(file_with(R"({"value": 8000, "unit": "ms", "direction": "lower"})").exit_code == 0);
    CHECK(rows_of(project).size() == 1);
}

TEST_CASE("a file that cannot be understood is exit 2 and changes nothing") {
    const ToldProject project;
    CHECK(project.assay({"baseline", "import", "absent.json"}).exit_code == 2);
    project.box().write("b.json", R"({"A": {"my_latency": 3}})");
    const auto unknown = project.assay({"baseline", "import", "b.json"});
    CHECK(unknown.exit_code == 2);
    CHECK(has(unknown.err, "'my_latency'"));
    project.box().write("b.json", "{}");
    CHECK(project.assay({"baseline", "import", "b.json"}).exit_code == 4);
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/baselines.json")));
}

TEST_CASE("a baselines file with a figure that can be none is refused, with the place in it") {
    const ToldProject project;
    project.box().write("older.json", R"({"lab_8c_16GiB":{"cache_hit_rate":87.5}})");
    const auto older = project.assay({"baseline", "import", "older.json"});
    CHECK(older.exit_code == 2);
    CHECK(has(older.err, "/lab_8c_16GiB/cache_hit_rate"));
    project.box().write("now.json", R"({"schema":"assay.baselines/1","platforms":{"lab":{"figures":{
        "sums/add time":{"value":-1,"unit":"ms","direction":"lower"}}}}})");
    const auto now = project.assay({"baseline", "import", "now.json"});
    CHECK(now.exit_code == 2);
    CHECK(has(now.err, "/platforms/lab/figures/sums~1add time/value"));
    CHECK(has(now.err, "a time is never below zero"));
}

} // namespace baseline_import_test
