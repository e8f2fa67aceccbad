#include "template_machine.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace ci_templates {
namespace {

namespace fs = std::filesystem;
using namespace integration;

constexpr std::string_view kMissingPackages =
    "skipped: node or its packages (npm, @actions/workflow-parser) are missing here";

// A build of the project takes one of the builds that the test has ready.
constexpr const char* kBuild =
    R"(mkdir -p build && cp "$PACED_BUILDS/$(cat build-of).assay.so" build/paced.assay.so)";

json::object words_of(const std::map<std::string, std::string>& words) {
    json::object object;
    for (const auto& [name, word] : words) {
        object[name] = word;
    }
    return object;
}

} // namespace

using assay::json_int;
using assay::json_string;

StepEnd JobEnd::step(const std::string& name) const {
    for (const StepEnd& one : steps) {
        if (one.name == name) {
            return one;
        }
    }
    return {.name = name, .outcome = "absent", .log = {}};
}

std::string JobEnd::log() const {
    std::string text;
    for (const StepEnd& one : steps) {
        text += "--- " + one.name + ": " + one.outcome + "\n" + one.log;
    }
    return text;
}

bool can_run_templates() {
    if (std::string_view(ASSAY_NODE).empty()) {
        MESSAGE(kMissingPackages);
        return false;
    }
    if (std::string_view(ASSAY_JQ).empty()) {
        MESSAGE("skipped: jq is not installed (tools/install-packages test)");
        return false;
    }
    return true;
}

std::vector<fs::path> templates() {
    const fs::path folder = source_folder() / "tools" / "ci";
    return {
        folder / "nightly.yml", folder / "pull-request-comment.yml", folder / "pull-request.yml"};
}

fs::path scripts() {
    return ASSAY_TEMPLATE_SCRIPTS;
}

Ended node(const std::vector<std::string>& words) {
    std::vector<std::string> argv{
        ASSAY_NODE, "--import", (scripts() / "json_modules.mjs").string()};
    argv.push_back((scripts() / words.front()).string());
    argv.insert(argv.end(), words.begin() + 1, words.end());
    return run_program(argv);
}

TemplateMachine::TemplateMachine() {
    fs::create_directories(box_.folder() / "project");
    fs::create_directories(artifacts());
    fs::create_directories(caches());
    git({"init", "--quiet", "--initial-branch=main"});
    box_.write("project/.assay/assay.json", R"({"schema": "assay.project/1"})");
    box_.write("project/.assay/.gitignore", "history.db*\nruns/\n");
    set_github({});
}

std::string TemplateMachine::git(const std::vector<std::string>& words) const {
    std::vector<std::string> argv{"git", "-C", (box_.folder() / "project").string()};
    argv.insert(argv.end(), words.begin(), words.end());
    Surroundings around;
    around.environment = box_.environment();
    around.environment.insert({{"GIT_AUTHOR_NAME", "test"},
                               {"GIT_AUTHOR_EMAIL", "test@example.org"},
                               {"GIT_COMMITTER_NAME", "test"},
                               {"GIT_COMMITTER_EMAIL", "test@example.org"}});
    const Ended ended = run_program(argv, around);
    REQUIRE_MESSAGE(ended.exit_code == 0, ended.out << ended.err);
    return ended.out.substr(0, ended.out.find_last_not_of('\n') + 1);
}

std::string TemplateMachine::commit(const std::string& build) const {
    box_.write("project/build-of", build + "\n");
    git({"add", "-A"});
    git({"commit", "--quiet", "--allow-empty", "-m", "builds " + build});
    return git({"rev-parse", "HEAD"});
}

void TemplateMachine::open_pull_request(const std::string& build) const {
    git({"checkout", "--quiet", "-b", "topic"});
    (void)commit(build);
    git({"checkout", "--quiet", "--detach", "main"});
    git({"merge", "--quiet", "--no-ff", "-m", "merge", "topic"});
    git({"update-ref", "refs/pull/1/merge", "HEAD"});
    git({"checkout", "--quiet", "main"});
}

fs::path TemplateMachine::workspace() const {
    return box_.folder() / "machine" / "work";
}

fs::path TemplateMachine::caches() const {
    return box_.folder() / "caches";
}

fs::path TemplateMachine::artifacts() const {
    return box_.folder() / "artifacts";
}

json::value TemplateMachine::github() const {
    auto known = assay::parse_json(box_.read("github.json"));
    REQUIRE(known.ok());
    return std::move(*known);
}

void TemplateMachine::set_github(const json::object& known) const {
    json::object whole = known;
    for (const char* const list : {"pulls", "comments", "issues", "asked"}) {
        whole.insert({{list, json::array{}}});
    }
    box_.write("github.json", assay::write_json(whole));
}

JobEnd TemplateMachine::run(const JobRequest& request) const {
    std::map<std::string, std::string> settings{
        {"BUILD", kBuild}, {"CASES", "paced/"}, {"BUDGET", "20s"}, {"MARGIN", "50%"}};
    for (const auto& [name, value] : request.settings) {
        settings[name] = value;
    }
    std::map<std::string, std::string> around = box_.environment();
    around["PACED_BUILDS"] = (build_folder() / "tests" / "fixtures").string();
    around["FAKE_GITHUB"] = (box_.folder() / "github.json").string();
    around["LANG"] = "C.UTF-8";
    const json::object scenario{
        {"workflow", (source_folder() / "tools" / "ci" / request.workflow).string()},
        {"job", request.job},
        {"event_name", request.event_name},
        {"event", request.event},
        {"ref", request.ref},
        {"inputs", request.inputs},
        {"needs", request.needs},
        {"settings", words_of(settings)},
        {"surroundings", words_of(around)},
        {"machine", (box_.folder() / "machine").string()},
        {"project", (box_.folder() / "project").string()},
        {"artifacts", artifacts().string()},
        {"caches", caches().string()},
        {"assay", (build_folder() / "bin" / "assay").string()}};
    box_.write("scenario.json", assay::write_json(scenario));
    const Ended ended = node({"run_job.mjs", (box_.folder() / "scenario.json").string()});
    const auto told = assay::parse_json(ended.out);
    REQUIRE_MESSAGE(told.ok(), ended.out << ended.err);
    JobEnd end{.result = json_string(told->as_object(), "result"),
               .summary = json_string(told->as_object(), "summary"),
               .steps = {},
               .outputs = told->at("outputs").as_object()};
    for (const json::value& one : told->at("steps").as_array()) {
        const json::object& step = one.as_object();
        end.steps.push_back({.name = json_string(step, "name"),
                             .outcome = json_string(step, "outcome"),
                             .log = json_string(step, "log"),
                             .code = static_cast<int>(json_int(step, "code", -1))});
    }
    return end;
}

} // namespace ci_templates
