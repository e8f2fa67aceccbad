// record_run(), backup() and compact(), from a program that sees the installed library alone.
#include "outside.hpp"
#include "support/file.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace assay;
using namespace assay::test;

namespace {

const std::string kDocument = R"({"schema": "assay.record/1",
  "metrics": {"recall": {"value": 0.91, "unit": "1", "direction": "higher"}},
  "metadata": {"timestamp": "2026-11-21T10:00:00Z", "platform": "M1_Mac_16GB",
               "git_commit": "abc123", "git_branch": "main"}})";

std::string place_of(const ToldProject& project) {
    return project.file(".assay/history.db").string();
}

} // namespace

TEST_CASE("a program records a run once, with a bundle of it, and assay shows it") {
    const ToldProject project;
    project.box().write("figures.json", kDocument);
    const std::string file = project.file("figures.json").string();
    const Answer first = ask(project, {"record", file, "--writable"});
    CAPTURE(first.text);
    REQUIRE(first.exit_code == 0);
    const std::string uuid = first.rows.at(0).at(0);
    CHECK(first.rows[0].at(1) == "new");
    CHECK(first.rows[0].at(2) == "1");
    CHECK(std::filesystem::exists(project.file(".assay/runs/" + uuid + ".ndjson")));
    const Answer again = ask(project, {"record", file, "--writable"});
    CHECK(again.rows.at(0).at(0) == uuid);
    CHECK(again.rows[0].at(1) == "known");
    CHECK(ask(project, {"runs"}).rows.size() == 1);
    const std::string shown = project.assay({"history", "show"}).out;
    CHECK(has(shown, uuid));
    CHECK(has(shown, "M1_Mac_16GB"));
    CHECK(has(shown, "abc123 on main"));
}

TEST_CASE("what assay records of the same document is the same run") {
    const ToldProject project;
    project.box().write("figures.json", kDocument);
    REQUIRE(project.assay({"history", "record", "figures.json"}).exit_code == 0);
    const Answer again =
        ask(project, {"record", project.file("figures.json").string(), "--writable"});
    REQUIRE(again.exit_code == 0);
    CHECK(again.rows.at(0).at(1) == "known");
}

TEST_CASE("a history that was opened for reading is not changed") {
    const ToldProject project;
    project.record_all({8.0});
    project.box().write("figures.json", kDocument);
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"record", project.file("figures.json").string()}, {"compact", "90"}}) {
        const Answer refused = ask(project, words);
        CHECK(refused.exit_code == 2);
        CHECK(refused.rows.at(0).at(0) == "usage");
        CHECK(has(refused.rows[0].at(2), ".writable = true"));
    }
    CHECK(ask(project, {"runs"}).rows.size() == 1);
    CHECK_FALSE(std::filesystem::exists(project.file(".assay/runs")));
}

TEST_CASE("a document that cannot be recorded is refused with the place and leaves nothing") {
    const ToldProject project;
    project.record_all({8.0});
    project.box().write("figures.json",
                        R"({"schema": "assay.record/1", "metrics": {"my_latency": 3}})");
    const Answer refused =
        ask(project, {"record", project.file("figures.json").string(), "--writable"});
    CHECK(refused.exit_code == 2);
    CHECK(refused.rows.at(0).at(0) == "config");
    CHECK(has(refused.rows[0].at(1), "my_latency"));
    CHECK(ask(project, {"runs"}).rows.size() == 1);
}

TEST_CASE("a backup is a whole history that replaces no other file") {
    const ToldProject project;
    project.record_all({8.0, 8.1});
    const std::string copy = project.file("copy.db").string();
    const Answer done = ask(project, {"backup", copy});
    CAPTURE(done.text);
    REQUIRE(done.exit_code == 0);
    CHECK(done.rows.at(0).at(1) == "whole");
    CHECK(ask_of(copy, "", {"runs"}).rows.size() == 2);
    const Answer again = ask(project, {"backup", copy});
    CHECK(again.exit_code == 2);
    CHECK(again.rows.at(0).at(0) == "usage");
}

TEST_CASE("compact counts what it would thin out and does so only when it is meant") {
    const ToldProject project;
    history::Run run = told(1, 8.0); // of October 2025
    run.points[0].samples.launch_medians = {8.0};
    run.points[0].samples.launches = {{}};
    for (int i = 0; i < 500; ++i) {
        run.points[0].samples.launches[0].push_back(8.0 + i * 0.001);
    }
    project.record(run);
    const Answer would = ask(project, {"compact", "30", "dry", "--writable"});
    CAPTURE(would.text);
    CHECK(would.rows.at(0) == std::vector<std::string>{"1", "1", "0"});
    const Answer did = ask(project, {"compact", "30", "--writable"});
    CHECK(did.rows.at(0) == std::vector<std::string>{"1", "1", "0"});
    const Answer none_left = ask(project, {"compact", "30", "--writable"});
    CHECK(none_left.rows.at(0) == std::vector<std::string>{"1", "0", "0"});
}

TEST_CASE("the program that records is the example of the README and does what it says") {
    const auto readme = read_file(std::string(ASSAY_SOURCE_DIR) + "/host/library/README.md");
    const auto program =
        read_file(std::string(ASSAY_SOURCE_DIR) + "/examples/history/record_figures.cpp");
    REQUIRE((readme.ok() && program.ok()));
    CHECK(has(*readme, "```cpp\n" + *program + "```\n"));
    const ToldProject project;
    const auto ended = integration::run_program({ASSAY_OUTSIDE_RECORDER, place_of(project)});
    CAPTURE(ended.err);
    CHECK(ended.exit_code == 0);
    CHECK(ended.out == "recorded 2 figures; a copy is in " + place_of(project) + ".copy\n");
    CHECK(has(project.assay({"history", "show"}).out, "record/answer_time"));
}
