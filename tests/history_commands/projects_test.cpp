// A database that several projects share: questions are about the one we are in.
#include "told_project.hpp"

#include <doctest/doctest.h>

#include <fstream>

namespace projects_test {

using namespace assay;
using namespace assay::test;

namespace {

void record_of(const ToldProject& project, int number, double seconds, const std::string& name) {
    history::Run run = told(number, seconds);
    run.project = name;
    project.record(run);
}

void make_checkout_of(const ToldProject& project, const std::string& name) {
    const auto git = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"git", "-C", project.box().folder().string()});
        CHECK(integration::run_program(words).exit_code == 0);
    };
    git({"init", "--quiet"});
    git({"remote", "add", "origin", "https://example.org/people/" + name + ".git"});
}

std::size_t runs_listed(const ToldProject& project, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"history", "runs", "--format", "json"};
    words.insert(words.end(), more.begin(), more.end());
    const auto ended = project.assay(words);
    return document_of(ended.out, "history.json").at("runs").get_array().size();
}

} // namespace

TEST_CASE("in a checkout the runs of its project are listed, and others on demand") {
    const ToldProject project;
    make_checkout_of(project, "router");
    record_of(project, 1, 8.0, "router");
    CHECK(runs_listed(project) == 1);
    CHECK_FALSE(has(project.assay({"history", "runs"}).err, "of project")); // there is no other
    record_of(project, 2, 80.0, "rag");
    CHECK(runs_listed(project) == 1);
    CHECK(has(project.assay({"history", "runs"}).err, "of project 'router'"));
    CHECK(runs_listed(project, {"--all-projects"}) == 2);
    CHECK(runs_listed(project, {"--project", "rag"}) == 1);
    CHECK(has(project.assay({"history", "show"}).out, told_uuid(1)));
    const auto trend = project.assay({"history", "trend", kCase});
    CHECK(has(trend.out, "8 s"));
    CHECK_FALSE(has(trend.out, "80 s"));
    CHECK(has(project.assay({"history", "trend", kCase, "--project", "rag"}).out, "80 s"));
}

TEST_CASE("an unknown project is exit 2 with the nearest and one without runs is exit 4") {
    const ToldProject project;
    record_of(project, 1, 8.0, "router");
    record_of(project, 2, 80.0, "rag");
    const auto wrong = project.assay({"history", "runs", "--project", "rooter"});
    CHECK(wrong.exit_code == 2);
    CHECK(has(wrong.err, "did you mean 'router'"));
    CHECK(project.assay({"history", "runs", "--project", "rag", "--all-projects"}).exit_code == 2);
    CHECK(runs_listed(project) == 2); // outside any checkout
    make_checkout_of(project, "vision");
    const auto none = project.assay({"history", "runs"});
    CHECK(none.exit_code == 4);
    CHECK(has(none.err, "'vision'"));
    CHECK(has(none.err, "--all-projects"));
}

TEST_CASE("figures of another program are recorded for the project they are recorded in") {
    const ToldProject project;
    make_checkout_of(project, "router");
    project.box().write("figures.json",
                        R"({"schema": "assay.record/1", "metrics": {"recall":
                            {"value": 0.9, "unit": "1", "direction": "higher"}}})");
    REQUIRE(project.assay({"history", "record", "figures.json"}).exit_code == 0);
    const auto document =
        document_of(project.assay({"history", "show", "--format", "json"}).out, "history.json");
    CHECK(document.at("run").at("project") == "router");
}

TEST_CASE("what moves or keeps a history takes all of its projects") {
    const ToldProject project;
    make_checkout_of(project, "router");
    record_of(project, 1, 8.0, "router");
    record_of(project, 2, 80.0, "rag");
    CHECK(has(project.assay({"history", "push", "out/"}).out, "2 runs added"));
    CHECK(project.assay({"history", "backup", "copy.db"}).exit_code == 0);
    CHECK(runs_listed(project, {"--history", "copy.db", "--all-projects"}) == 2);
}

} // namespace projects_test
