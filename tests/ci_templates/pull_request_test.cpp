// pull-request.yml and pull-request-comment.yml, their shell run outside of GitHub.
#include "template_machine.hpp"

#include <doctest/doctest.h>

namespace pull_request_test {

using namespace ci_templates;

namespace {

const std::string kMark = "<!-- assay:report -->\n";

bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

JobEnd compared(const TemplateMachine& machine, const std::string& undecided = "fail") {
    return machine.run({.workflow = "pull-request.yml",
                        .job = "compare",
                        .event_name = "pull_request",
                        .ref = "refs/pull/1/merge",
                        .event = {{"pull_request", {{"number", 1}}}},
                        .settings = {{"UNDECIDED", undecided}}});
}

std::string comment_of(const TemplateMachine& machine) {
    return machine.box().read("artifacts/assay-comment/github-comment.md");
}

json::object finished_run(const std::string& sha) {
    const json::object owner{{"login", "forker"}};
    return {{"workflow_run",
             {{"event", "pull_request"},
              {"conclusion", "failure"},
              {"id", 4700},
              {"head_branch", "topic"},
              {"head_sha", sha},
              {"head_repository", {{"full_name", "forker/project"}, {"owner", owner}}}}}};
}

JobEnd commented(const TemplateMachine& machine, const std::string& sha) {
    return machine.run({.workflow = "pull-request-comment.yml",
                        .job = "comment",
                        .event_name = "workflow_run",
                        .event = finished_run(sha)});
}

json::object github_with_pull_request(const std::string& sha) {
    const json::object pull{
        {"state", "open"}, {"number", 7}, {"label", "forker:topic"}, {"head", {{"sha", sha}}}};
    const json::object stranger{{"id", 55},
                                {"issue", 7},
                                {"user", {{"login", "somebody"}}},
                                {"body", kMark + "not the bot's"}};
    return {{"pulls", json::array{pull}}, {"comments", json::array{stranger}}};
}

} // namespace

TEST_CASE(
    "pull request template: a head equal to its base passes, with a comment (stand-in actions)") {
    if (!can_run_templates()) {
        return;
    }
    const TemplateMachine machine;
    (void)machine.commit("paced");
    machine.open_pull_request("paced");
    // Equal builds are never called slower; a noisy machine may leave them undecided.
    const JobEnd end = compared(machine, "warn");
    INFO(end.log());
    CHECK(end.result == "success");
    CHECK(end.step("Decide").outcome == "success");
    CHECK(comment_of(machine).starts_with(kMark));
    CHECK(says(comment_of(machine), "paced/step"));
    CHECK(says(end.summary, "paced/step"));
    CHECK(std::filesystem::exists(machine.artifacts() / "assay-report/comparison.json"));
}

TEST_CASE("pull request template: a slower head fails at its gate, named in summary and comment "
          "(stand-in actions)") {
    if (!can_run_templates()) {
        return;
    }
    const TemplateMachine machine;
    (void)machine.commit("paced");
    machine.open_pull_request("paced_slow");
    const JobEnd end = compared(machine);
    INFO(end.log());
    CHECK(end.result == "failure");
    CHECK(end.step("Compare").outcome == "success");
    CHECK(end.step("Decide").code == 1);
    CHECK(says(end.step("Compare").log, "::error title=paced/step"));
    CHECK(says(end.summary, "paced/step"));
    CHECK(says(comment_of(machine), "slower"));
    CHECK(says(comment_of(machine), "paced/step"));
}

TEST_CASE("pull request template: a base that does not build is an error that says so (stand-in "
          "actions)") {
    if (!can_run_templates()) {
        return;
    }
    const TemplateMachine machine;
    (void)machine.commit("broken");
    machine.open_pull_request("paced");
    const JobEnd end = compared(machine);
    INFO(end.log());
    CHECK(end.result == "failure");
    CHECK(says(end.step("Build the base").log, "::error title=The base does not build::"));
    CHECK(end.step("Compare").outcome == "skipped");
    CHECK(comment_of(machine).starts_with(kMark + "**Nothing was compared**"));
    CHECK(says(end.summary, "Nothing was compared"));
}

TEST_CASE(
    "comment template: one comment of the bot's is made and then updated in place (fake gh)") {
    if (!can_run_templates()) {
        return;
    }
    const TemplateMachine machine;
    const std::string sha = machine.commit("paced");
    machine.set_github(github_with_pull_request(sha));
    machine.box().write("artifacts/assay-comment/github-comment.md", kMark + "first, @everybody\n");
    CHECK(commented(machine, sha).result == "success");
    machine.box().write("artifacts/assay-comment/github-comment.md", kMark + "second\n");
    const JobEnd again = commented(machine, sha);
    INFO(again.log());
    CHECK(again.result == "success");
    const json::value github = machine.github();
    const json::array& comments = github.at("comments").as_array();
    REQUIRE(comments.size() == 2);
    CHECK(comments[0].at("body").as_string() == kMark + "not the bot's");
    CHECK(comments[1].at("issue").as_int64() == 7);
    CHECK(comments[1].at("body").as_string() == kMark + "second\n");
    // What the first one said was read by nobody as a call.
    CHECK_FALSE(says(assay::write_json(github), "@everybody"));
}

TEST_CASE("comment template: no comment for a commit that no pull request stands at, nor of a "
          "foreign text (fake gh)") {
    if (!can_run_templates()) {
        return;
    }
    const TemplateMachine machine;
    const std::string sha = machine.commit("paced");
    machine.set_github(github_with_pull_request("another"));
    machine.box().write("artifacts/assay-comment/github-comment.md", kMark + "old news\n");
    CHECK(commented(machine, sha).result == "success");
    machine.set_github(github_with_pull_request(sha));
    machine.box().write("artifacts/assay-comment/github-comment.md", "buy this\n");
    CHECK(commented(machine, sha).result == "failure");
    CHECK(machine.github().at("comments").as_array().size() == 1);
}

} // namespace pull_request_test
