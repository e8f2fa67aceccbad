#include "results.hpp"

namespace trust_test {

using namespace integration;

namespace {

// A project whose .assay/plugins holds the sample suite, as a fresh clone would.
void make_project(const Sandbox& box) {
    std::filesystem::create_directories(box.folder() / "project" / ".assay" / "plugins");
    std::filesystem::copy_file(sample_plugin(),
                               box.folder() / "project" / ".assay" / "plugins" / "sample.assay.so");
}

Ended in_project(const Sandbox& box,
                 std::vector<std::string> words,
                 std::map<std::string, std::string> environment = {}) {
    Surroundings around;
    around.folder = box.folder() / "project";
    around.environment = std::move(environment);
    return box.assay(std::move(words), around);
}

const std::vector<std::string> kRun{
    "run", "--mode", "quick", "sample/multiply", "--reporter", "json=out.json"};

} // namespace

TEST_CASE("a fresh clone's plugins do not run and the exit code says so") {
    const Sandbox box;
    make_project(box);
    const Ended run = in_project(box, kRun);
    CHECK(run.exit_code == 6);
    CHECK(run.err.find("assay trust add") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(box.folder() / "project" / "out.json"));
    const Ended list = in_project(box, {"list", "--plugins"});
    CHECK(list.out.find("org.assay.test.sample") != std::string::npos);
}

TEST_CASE("trust is given to the content and ends with any change of it") {
    const Sandbox box;
    make_project(box);
    const Ended show = in_project(box, {"trust", "show"});
    CHECK(show.out.find("org.assay.test.sample") != std::string::npos);
    CHECK(in_project(box, {"trust", "add"}).exit_code == 0);
    CHECK(in_project(box, kRun).exit_code == 0);
    box.write("project/.assay/plugins/data.txt", "new");
    const Ended changed = in_project(box, kRun);
    CHECK(changed.exit_code == 6);
    const Ended why = in_project(box, {"trust", "show"});
    CHECK(why.out.find("data.txt") != std::string::npos);
}

TEST_CASE("denied wins over allowed") {
    const Sandbox box;
    make_project(box);
    CHECK(in_project(box, {"trust", "add"}).exit_code == 0);
    CHECK(in_project(box, {"trust", "deny"}).exit_code == 0);
    CHECK(in_project(box, kRun).exit_code == 6);
}

TEST_CASE("the environment and the command line may trust, a project's file may not") {
    const Sandbox box;
    make_project(box);
    CHECK(in_project(box, kRun, {{"ASSAY_TRUST_PROJECT", "1"}}).exit_code == 0);
    std::vector<std::string> flag = kRun;
    flag.push_back("--trust-project");
    CHECK(in_project(box, flag).exit_code == 0);
    CHECK(in_project(box, kRun, {{"ASSAY_TRUST_PROJECT", "sha256:00"}}).exit_code == 6);
    box.write("project/.assay/assay.json", R"({"trust_project": true})");
    CHECK(in_project(box, kRun).exit_code == 2);
}

TEST_CASE("skipping what is untrusted runs the rest and still exits 6") {
    const Sandbox box;
    make_project(box);
    const Ended run = in_project(box,
                                 {"run",
                                  "--mode",
                                  "quick",
                                  "--skip-untrusted",
                                  "--plugin",
                                  sample_plugin(),
                                  "sample/multiply",
                                  "--reporter",
                                  "json=out.json"});
    INFO(run.err);
    CHECK(run.exit_code == 6);
    CHECK(parsed(box.read("project/out.json")).at("summary").at("passed").to_number<int>() == 1);
}

} // namespace trust_test
