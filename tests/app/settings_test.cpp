#include "app/parser.hpp"
#include "app/settings.hpp"
#include "environment_of.hpp"
#include "private_folders.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;
using assay::test::TemporaryFolder;

namespace {

// A project with a configuration, and files beside it.
struct Project {
    PrivateFolders folders;
    TemporaryFolder folder;

    explicit Project(const std::string& configuration = {}) {
        if (!configuration.empty()) {
            folder.write(".assay/assay.json", configuration);
        }
    }

    [[nodiscard]] Result<Settings>
    settled(const std::vector<std::string>& words,
            const std::map<std::string, std::string>& variables = {}) const {
        const Environment environment = environment_of(variables);
        const Result<Invocation> invocation = parse(command_table(), words, environment);
        REQUIRE(invocation);
        return settle(*invocation, environment, folder.path());
    }
};

} // namespace

TEST_CASE("without anybody saying anything there are defaults") {
    const Project project;
    const auto settings = project.settled({"run"});
    REQUIRE(settings);
    CHECK(settings->session.mode == plan::Mode::standard);
    CHECK(settings->session.lanes == 0);
    CHECK(settings->session.seed == 1);
    CHECK(settings->session.order_seed != 0);
    CHECK(settings->session.isolation == Isolation::launch);
    CHECK(settings->session.pin);
    CHECK(settings->reporters.empty());
    CHECK_FALSE(settings->places.project);
}

TEST_CASE("the command line beats --config, that the environment, and that the project") {
    const Project project(R"({"mode": "comprehensive", "lanes": 1, "seed": 1})");
    project.folder.write("more.json", R"({"mode": "quick", "lanes": 2})");
    const auto mode = [&](const std::vector<std::string>& words,
                          const std::map<std::string, std::string>& variables) {
        const auto settings = project.settled(words, variables);
        REQUIRE(settings);
        return settings->session.mode;
    };
    const std::map<std::string, std::string> variable = {{"BENCHMARK_MODE", "standard"}};
    CHECK(mode({"run"}, {}) == plan::Mode::comprehensive);
    CHECK(mode({"run"}, variable) == plan::Mode::standard);
    CHECK(mode({"run", "--config", "more.json"}, variable) == plan::Mode::quick);
    CHECK(mode({"run", "--config", "more.json", "--mode", "standard"}, {}) == plan::Mode::standard);
    const auto all = project.settled({"run", "--config", "more.json", "--seed", "9"});
    REQUIRE(all);
    CHECK(all->session.lanes == 2);
    CHECK(all->session.seed == 9);
}

TEST_CASE("options become typed values") {
    const Project project;
    const auto settings = project.settled({"run",
                                           "--isolate",
                                           "case",
                                           "--timeout",
                                           "2m",
                                           "--batch-bytes",
                                           "4096",
                                           "--wrap",
                                           "gdb --args",
                                           "--no-pin",
                                           "--strict",
                                           "--fail-fast",
                                           "--order-seed",
                                           "5",
                                           "--reporter",
                                           "json"});
    REQUIRE(settings);
    CHECK(settings->session.isolation == Isolation::per_case);
    CHECK(settings->session.timeout == std::chrono::minutes(2));
    CHECK(settings->session.batch_bytes_max == 4096);
    CHECK(settings->session.wrap == std::vector<std::string>{"gdb", "--args"});
    CHECK_FALSE(settings->session.pin);
    CHECK(settings->session.strict);
    CHECK(settings->session.fail_fast);
    CHECK(settings->session.order_seed == 5);
    CHECK(settings->reporters == std::vector<std::string>{"json"});
    const auto inside = project.settled({"run", "--in-process"});
    REQUIRE(inside);
    CHECK(inside->session.isolation == Isolation::in_process);
}

TEST_CASE("places come in the order of the command line, the environment, --config") {
    const Project project("{}");
    project.folder.write("cfg/more.json", R"({"plugin_dirs": ["own"]})");
    const auto settings = project.settled(
        {"run", "--plugin", "a.assay.so", "--plugin-dir", "one", "--config", "cfg/more.json"},
        {{"ASSAY_PLUGIN_PATH", "two::/three"}});
    REQUIRE(settings);
    using Paths = std::vector<std::filesystem::path>;
    const std::filesystem::path& here = project.folder.path();
    CHECK(settings->places.files == Paths{here / "a.assay.so"});
    CHECK(settings->places.folders ==
          Paths{here / "one", here / "two", "/three", here / "cfg/own"});
    CHECK(settings->places.project == here);
}

TEST_CASE("what an untrusted project says of code counts only once somebody trusts it") {
    const Project project(R"({"wrap": ["evil"], "plugin_dirs": ["x"], "lanes": 3})");
    const auto fresh = project.settled({"run"});
    REQUIRE(fresh);
    CHECK(fresh->session.wrap.empty());
    CHECK(fresh->places.project_paths.empty());
    CHECK(fresh->session.lanes == 3);
    CHECK(fresh->withheld == std::vector<std::string>{"/wrap", "/plugin_dirs"});
    const auto trusted = project.settled({"run", "--trust-project"});
    REQUIRE(trusted);
    CHECK(trusted->session.wrap == std::vector<std::string>{"evil"});
    CHECK(trusted->places.project_paths.size() == 1);
    CHECK(trusted->places.folders.empty());
    CHECK(trusted->withheld.empty());
    const auto by_variable = project.settled({"run"}, {{"ASSAY_TRUST_PROJECT", "1"}});
    REQUIRE(by_variable);
    CHECK(by_variable->withheld.empty());
}

TEST_CASE("ASSAY_TRUST_PROJECT is understood or refused, never guessed") {
    const Project project;
    const auto none = project.settled({"run"}, {{"ASSAY_TRUST_PROJECT", "0"}});
    REQUIRE(none);
    CHECK_FALSE(none->catalog.trust_project);
    const auto exact = project.settled({"run"}, {{"ASSAY_TRUST_PROJECT", "sha256:abc"}});
    REQUIRE(exact);
    CHECK(exact->catalog.trust_exactly == "abc");
    const auto odd = project.settled({"run"}, {{"ASSAY_TRUST_PROJECT", "yes"}});
    REQUIRE_FALSE(odd);
    CHECK(odd.error().kind == ErrorKind::usage);
}

TEST_CASE("the occasion of a run comes from the environment or is refused") {
    const Project project;
    const auto nightly = project.settled({"run"}, {{"PERFORMANCE_RUN_TYPE", "nightly"}});
    REQUIRE(nightly);
    CHECK(nightly->session.occasion.kind == "nightly");
    const auto odd = project.settled({"run"}, {{"PERFORMANCE_RUN_TYPE", "weekly"}});
    REQUIRE_FALSE(odd);
    CHECK(odd.error().kind == ErrorKind::usage);
}

TEST_CASE("wrong configurations and options end with their reason") {
    const Project project(R"({"lanes": "many"})");
    const auto own = project.settled({"run"});
    REQUIRE_FALSE(own);
    CHECK(own.error().kind == ErrorKind::config);
    CHECK(own.error().message.find("/lanes") != std::string::npos);
    const Project other;
    CHECK_FALSE(other.settled({"run", "--config", "absent.json"}));
    CHECK_FALSE(other.settled({"run", "--lanes", "5000"}));
    CHECK_FALSE(other.settled({"run", "--wrap", "gdb 'x"}));
}
