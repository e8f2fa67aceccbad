// A project with a suite in a git repository, and the jobs of the workflow templates run on it
// outside of GitHub: their shell is run, actions and `gh` are stand-ins.
//
//   const TemplateMachine machine;
//   machine.commit("paced");                                    // the build that main has
//   const JobEnd end = machine.run({.workflow = "nightly.yml", .job = "measure"});
//   CHECK(end.step("Decide").code == 0);
//
// Removed with everything it made. For one thread.
#pragma once

#include "program.hpp"
#include "support/json.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ci_templates {

namespace json = assay::json;

struct JobRequest {
    std::string workflow, job;
    std::string event_name = "schedule";
    std::string ref = "refs/heads/main";
    json::object event = {};
    json::object inputs = {};
    json::object needs = {};
    std::map<std::string, std::string> settings = {}; // of the workflow's env, as a user sets them
};

struct StepEnd {
    std::string name, outcome, log; // outcome: success, failure, skipped, or absent
    int code = 0;
};

struct JobEnd {
    std::string result, summary;
    std::vector<StepEnd> steps;
    json::object outputs;

    [[nodiscard]] StepEnd step(const std::string& name) const;
    [[nodiscard]] std::string log() const; // of every step, for a failing test
};

// False, having said why, where node, its packages or jq are missing.
bool can_run_templates();
std::vector<std::filesystem::path> templates();
std::filesystem::path scripts(); // the tests' own, with node's packages beside them
integration::Ended node(const std::vector<std::string>& words);

class TemplateMachine {
public:
    TemplateMachine();

    // Of the branch main: which build it makes (paced, paced_slow; any other: none). Its commit.
    [[nodiscard]] std::string commit(const std::string& build) const;
    // Makes refs/pull/1/merge, a merge into main of a branch that makes that build.
    void open_pull_request(const std::string& build) const;
    std::string git(const std::vector<std::string>& words) const; // in the project; its output

    [[nodiscard]] JobEnd run(const JobRequest& request) const;
    // The job's workspace, as it left it, what it uploaded and cached.
    [[nodiscard]] std::filesystem::path workspace() const;
    [[nodiscard]] std::filesystem::path artifacts() const;
    [[nodiscard]] std::filesystem::path caches() const;
    // What the fake of GitHub knows: pulls, comments, issues, asked.
    [[nodiscard]] json::value github() const;
    void set_github(const json::object& known) const;

    [[nodiscard]] const integration::Sandbox& box() const noexcept { return box_; }

private:
    integration::Sandbox box_;
};

} // namespace ci_templates
