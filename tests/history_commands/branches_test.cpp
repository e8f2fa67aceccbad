// Which branch baselines come from, and what a branch is held against that left another.
#include "told_project.hpp"

#include <doctest/doctest.h>

namespace branches_test {

using namespace assay;
using namespace assay::test;

namespace {

history::Run told_on(const std::string& branch, int number, double seconds) {
    history::Run run = told(number, seconds);
    run.git.branch = branch;
    run.kind = "manual"; // a shared runner's figures fail nothing
    return run;
}

void record_main(const ToldProject& project, const std::vector<double>& seconds, int first = 1) {
    for (const double figure : seconds) {
        project.record(told_on("main", first++, figure));
    }
}

// A run of a pull request that left main at run `left`.
history::Run told_by_topic(int number, double seconds, int left) {
    history::Run run = told_on("topic", number, seconds);
    run.git.merge_base = told(left, 1).git.sha;
    return run;
}

integration::Ended gate(const ToldProject& project, const std::string& branch) {
    project.box().write(".assay/gates.json", R"({"schema":"assay.gates/1","rules":[
        {"id":"time","kind":"regression","metric":"time","evidence":"history"}]})");
    return project.assay({"gate", "--skip-run", "--platform", kLabel, "--branch", branch});
}

} // namespace

TEST_CASE(
    "without --branch an update takes the main line, not the newest run's branch, and says so") {
    const ToldProject project;
    record_main(project, {8, 8, 8, 8, 8});
    for (int number = 6; number <= 10; ++number) {
        project.record(told_on("topic", number, 5));
    }
    const auto ended = project.assay({"baseline", "update", "--auto-approve-improvements"});
    CHECK(ended.exit_code == 0);
    CHECK(has(ended.err, "runs of branch 'main'"));
    CHECK(has(ended.err, "it is the main line"));
    CHECK(project.store()->baselines(std::nullopt)->front().center == 8);
    const auto named =
        project.assay({"baseline", "update", "--auto-approve-improvements", "--branch", "topic"});
    CHECK(has(named.err, "runs of branch 'topic'"));
    CHECK(project.store()->baselines(std::nullopt)->front().center == 5);
}

TEST_CASE("an update takes the branch that is checked out where that has runs") {
    const ToldProject project;
    record_main(project, {8, 8, 8, 8, 8});
    for (int number = 6; number <= 10; ++number) {
        project.record(told_on("topic", number, 5));
    }
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"git", "init", "-q", "-b", "topic"},
          {"git",
           "-c",
           "user.name=a",
           "-c",
           "user.email=a@b",
           "commit",
           "-q",
           "--allow-empty",
           "-m",
           "begin"}}) {
        integration::Surroundings around;
        around.folder = project.box().folder();
        around.environment = project.box().environment();
        const auto done = integration::run_program(words, around);
        REQUIRE_MESSAGE(done.exit_code == 0, done.err);
    }
    const auto ended = project.assay({"baseline", "update", "--dry-run"});
    CHECK(has(ended.err, "runs of branch 'topic' (it is checked out"));
    const auto renamed = project.assay({"baseline", "update", "--dry-run", "--branch", "main"});
    CHECK(has(renamed.err, "runs of branch 'main'\n"));
}

TEST_CASE("a baseline remembers its branch, in the history, in the file and where it is shown") {
    const ToldProject project;
    record_main(project, {8, 8, 8, 8, 8});
    REQUIRE(project.assay({"baseline", "update", "--auto-approve-improvements"}).exit_code == 0);
    CHECK(project.store()->baselines(std::nullopt)->front().branch == "main");
    const auto file = document_of(project.box().read(".assay/baselines.json"), "baselines.json");
    CHECK(file.at("platforms")
              .at(kLabel)
              .at("figures")
              .at(std::string(kCase) + " time")
              .at("branch") == "main");
    const auto shown = project.assay({"baseline", "show"});
    CHECK(has(shown.out, "branch"));
    CHECK(has(shown.out, "main"));
}

TEST_CASE("a pull request is held against main as it was where it left, not against the tip") {
    const ToldProject project;
    record_main(project, {8.0, 8.01, 7.99, 8.0, 8.01});         // it leaves after the fifth
    record_main(project, {16, 16.01, 15.99, 16, 16, 16.01}, 6); // main became slower since
    project.record(told_by_topic(20, 8.0, 5));
    const auto same = gate(project, "topic");
    INFO(same.out, same.err);
    CHECK(same.exit_code == 0);
    CHECK(has(same.out, "of main"));
    project.record(told_by_topic(21, 16.0, 5));
    CHECK(gate(project, "topic").exit_code == 1);
}

TEST_CASE("a regression that a branch began with is not what its later runs are held against") {
    const ToldProject project;
    record_main(project, {8.0, 8.01, 7.99, 8.0, 8.01});
    for (int number = 10; number <= 15; ++number) {
        project.record(told_by_topic(number, number % 2 == 0 ? 12.0 : 12.01, 5));
    }
    CHECK(gate(project, "topic").exit_code == 1);
}

} // namespace branches_test
