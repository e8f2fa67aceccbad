// `assay history record, export, push, pull`.
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace history_transfer_test {

using namespace assay;
using namespace assay::test;

namespace {

const std::string kFigures = R"({"schema": "assay.record/1",
  "metrics": {"query_latency_no_vllm": 8.2, "peak_memory_gb": 2,
              "recall": {"value": 0.91, "unit": "1", "direction": "higher"}},
  "metadata": {"timestamp": "2026-11-21T10:00:00Z", "platform": "M1_Mac_16GB",
               "git_commit": "abc123", "git_branch": "main", "run_type": "nightly"}})";

std::size_t runs_in(const ToldProject& project, const std::string& history) {
    const auto ended =
        project.assay({"history", "stats", "--format", "json", "--history", history});
    const auto document = document_of(ended.out, "history.json");
    return document.at("stats").at("runs").to_number<std::size_t>();
}

} // namespace

TEST_CASE("figures of another program are recorded once however often they are told") {
    const ToldProject project;
    project.box().write("figures.json", kFigures);
    const auto first = project.assay({"history", "record", "figures.json"});
    CHECK(first.exit_code == 0);
    CHECK(has(first.out, "3 figures"));
    CHECK(has(first.out, "next: assay history show "));
    const auto again = project.assay({"history", "record", "figures.json"});
    CHECK(again.exit_code == 0);
    CHECK(has(again.out, "nothing changed"));
    CHECK(runs_in(project, ".assay/history.db") == 1);
    const std::string shown = project.assay({"history", "show"}).out;
    CHECK(has(shown, "M1_Mac_16GB"));
    CHECK(has(shown, "2 GiB")); // two of 2^30 bytes
}

TEST_CASE("what cannot be recorded is refused with its name and leaves no history behind") {
    const ToldProject project;
    CHECK(project.assay({"history", "record", "absent.json"}).exit_code == 2);
    project.box().write("unknown.json",
                        R"({"schema": "assay.record/1", "metrics": {"my_latency": 3}})");
    const auto unknown = project.assay({"history", "record", "unknown.json"});
    CHECK(unknown.exit_code == 2);
    CHECK(has(unknown.err, "my_latency"));
    CHECK(has(unknown.err, "'unit' and 'direction'"));
    project.box().write("broken.json", "{");
    CHECK(project.assay({"history", "record", "broken.json"}).exit_code == 2);
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/history.db")));
}

TEST_CASE("a place that cannot be written to is told by its name") {
    const ToldProject project;
    project.box().write("figures.json", kFigures);
    project.box().write("file", "not a folder");
    const auto ended =
        project.assay({"history", "record", "figures.json", "--history", "file/history.db"});
    CHECK((ended.exit_code == 2 || ended.exit_code == 3));
    CHECK(has(ended.err, "file/history.db"));
}

TEST_CASE("the export holds every figure of every run, as a document and as a table") {
    const ToldProject project;
    project.record_all({8.0, 8.5, 9.0});
    const auto document = document_of(project.assay({"history", "export"}).out, "history.json");
    REQUIRE(document.at("runs").get_array().size() == 3);
    CHECK(document.at("runs").at(0).at("points").at(0).at("case") == kCase);
    const auto csv =
        project.assay({"history", "export", "--format", "csv", "--output", "figures.csv"});
    CHECK(csv.exit_code == 0);
    CHECK(csv.out.empty());
    const std::string rows = project.box().read("figures.csv");
    CHECK(rows.starts_with("run,started,kind,platform,"));
    CHECK(std::ranges::count(rows, '\n') == 4);
    CHECK(has(rows, ",8.5,"));
    const auto none = project.assay({"history", "export", "--since", "2125-01-01"});
    CHECK(none.exit_code == 4);
    CHECK(document_of(none.out, "history.json").at("runs").get_array().empty());
    const auto lost = project.assay({"history", "export", "--output", "no/such/folder/x.json"});
    CHECK(lost.exit_code == 3);
    CHECK(has(lost.err, "no/such/folder/x.json"));
}

TEST_CASE("bundles that were exported are pulled into another history once") {
    const ToldProject project;
    project.record_all({8.0, 8.5});
    const auto out =
        project.assay({"history", "export", "--format", "ndjson", "--output", "given"});
    CHECK(out.exit_code == 0);
    CHECK(std::filesystem::exists(project.file("given/" + told_uuid(1) + ".ndjson")));
    for (int time = 0; time < 2; ++time) {
        CHECK(project.assay({"history", "pull", "given", "--history", "other.db"}).exit_code == 0);
        CHECK(runs_in(project, "other.db") == 2);
    }
    const auto homeless = project.assay({"history", "export", "--format", "ndjson"});
    CHECK(homeless.exit_code == 2);
    CHECK(has(homeless.err, "--output DIR"));
}

TEST_CASE("a history is pushed to a file and what is there already stays") {
    const ToldProject project;
    project.record_all({8.0, 8.5});
    const auto first = project.assay({"history", "push", "shared.db"});
    CHECK(first.exit_code == 0);
    CHECK(has(first.out, "2 runs added, 0 there already"));
    project.record_all({9.0}, 3);
    const auto second = project.assay({"history", "push", "shared.db"});
    CHECK(has(second.out, "1 run added, 2 there already"));
    CHECK(runs_in(project, "shared.db") == 3);
}

TEST_CASE("a broken bundle is exit 3 and the good ones beside it are taken") {
    const ToldProject project;
    project.record_all({8.0, 8.5});
    REQUIRE(project.assay({"history", "push", "given/"}).exit_code == 0);
    const std::string name = "given/" + told_uuid(1) + ".ndjson";
    const std::string whole = project.box().read(name);
    project.box().write(name, whole.substr(0, whole.size() / 2));
    const auto ended = project.assay({"history", "pull", "given", "--history", "other.db"});
    CHECK(ended.exit_code == 3);
    CHECK(has(ended.err, told_uuid(1)));
    CHECK(runs_in(project, "other.db") == 1);
    CHECK(project.assay({"history", "pull", "nowhere", "--history", "other.db"}).exit_code == 4);
}

TEST_CASE("a source without a run is exit 4 with a sentence, and no history is begun for it") {
    const ToldProject project;
    std::filesystem::create_directory(project.file("empty"));
    project.box().write("notes/readme.txt", "no bundle");
    for (const char* const folder : {"empty", "notes"}) {
        CAPTURE(folder);
        const auto ended = project.assay({"history", "pull", folder});
        CHECK(ended.exit_code == 4);
        CHECK(has(ended.err, "there is no run in "));
        CHECK(has(ended.err, folder));
        CHECK(ended.out.empty());
    }
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/history.db")));
    REQUIRE(history::open_store(project.file("hollow.db").string(), {.create = true}).ok());
    CHECK(project.assay({"history", "pull", "hollow.db"}).exit_code == 4);
    CHECK(project.assay({"history", "push", "out/", "--history", "hollow.db"}).exit_code == 4);
}

} // namespace history_transfer_test
