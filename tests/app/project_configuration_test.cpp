#include "app/project_configuration.hpp"
#include "temporary_folder.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;
using assay::test::TemporaryFolder;

namespace {

Result<ProjectConfiguration> parsed(const std::string& text, Obey obey = Obey::everything) {
    return parse_configuration(text, "assay.json", "/project", obey);
}

// The message about a document that is wrong; it must be of kind config.
std::string complaint(const std::string& text) {
    const auto result = parsed(text);
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == ErrorKind::config);
    return result.error().message;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a configuration is typed, and what it leaves open stays open") {
    const auto full = parsed(R"({"schema": "assay.project/1", "mode": "quick", "lanes": 3,
        "seed": 7, "isolate": "case", "timeout_s": 1.5, "batch_bytes": 4096, "strict": true,
        "suites": {"router": {"table": "a"}}})");
    REQUIRE(full);
    CHECK(full->mode == plan::Mode::quick);
    CHECK(full->lanes == 3U);
    CHECK(full->seed == 7U);
    CHECK(full->isolate == "case");
    CHECK(full->timeout == std::chrono::milliseconds(1500));
    CHECK(full->batch_bytes == 4096U);
    CHECK(full->strict == true);
    CHECK(full->suites.at("router").at("table") == "a");
    const auto empty = parsed("{}");
    REQUIRE(empty);
    CHECK_FALSE(empty->mode);
    CHECK_FALSE(empty->lanes);
    CHECK_FALSE(empty->reporters);
    CHECK(empty->suites.empty());
}

TEST_CASE("a wrong configuration names the document, the place and what was expected") {
    CHECK(holds(complaint(R"({"lanes": -1})"), "assay.json"));
    CHECK(holds(complaint(R"({"lanes": -1})"), "/lanes"));
    CHECK(holds(complaint(R"({"lanes": 1.5})"), "integer"));
    CHECK(holds(complaint(R"({"mode": "fast"})"), "/mode"));
    CHECK(holds(complaint(R"({"mode": "fast"})"), "comprehensive"));
    CHECK(holds(complaint(R"({"laness": 2})"), "laness"));
    CHECK(holds(complaint(R"({"suites": {"router": 3}})"), "/suites/router"));
    CHECK(holds(complaint(R"({"reporters": ["json", 4]})"), "/reporters/1"));
    CHECK(holds(complaint(R"({"timeout_s": 0})"), "/timeout_s"));
    CHECK(holds(complaint(R"([])"), "object"));
    CHECK(holds(complaint(R"({"lanes": )"), "assay.json"));
    CHECK(holds(complaint(R"({"seed": 1, "seed": 2})"), "seed"));
}

TEST_CASE("a document that is a suite's setting is told where it goes") {
    const auto model = parsed(R"({"schema": "assay.model/1", "states": [2]})");
    REQUIRE_FALSE(model);
    CHECK(holds(model.error().message, "assay.json: is of the kind 'model', expected settings"));
    CHECK(holds(model.error().hint, R"({"suites": {"SUITE": {"model": ...}}})"));
    const auto bare = parsed(R"({"states": [2]})");
    REQUIRE_FALSE(bare);
    CHECK(holds(bare.error().message, "found the key 'states'"));
    CHECK(holds(bare.error().hint, R"({"suites": {"SUITE": {"SETTING": ...}}})"));
    const auto newer = parsed(R"({"schema": "assay.project/2"})");
    REQUIRE_FALSE(newer);
    CHECK(newer.error().hint == "");
    CHECK(parsed(R"({"schema": 3})").error().hint == "");
}

TEST_CASE("nobody can give trust from inside a configuration") {
    CHECK(holds(complaint(R"({"trust_project": true})"), "trust_project"));
}

TEST_CASE("a file that cannot be read is named") {
    const TemporaryFolder folder;
    const auto missing =
        read_configuration(folder.path() / "absent.json", folder.path(), Obey::everything);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ErrorKind::config);
    CHECK(holds(missing.error().message, "absent.json"));
}

TEST_CASE("relative paths start at the project") {
    const auto configuration = parsed(R"({"plugin_dirs": ["b", "/abs", "../out"],
        "reporters": ["json=out.json,indent=2", "csv=-", "console", "html=/tmp/x", "a,path=b"]})");
    REQUIRE(configuration);
    using Paths = std::vector<std::filesystem::path>;
    CHECK(configuration->plugin_dirs == Paths{"/project/b", "/abs", "/out"});
    CHECK(configuration->reporters ==
          std::vector<std::string>{
              "json=/project/out.json,indent=2", "csv=-", "console", "html=/tmp/x", "a,path=b"});
}

TEST_CASE("what lies above wins, and suites are merged key by key") {
    const auto under = parsed(R"({"mode": "quick", "lanes": 1, "reporters": ["json"],
        "suites": {"a": {"x": 1, "deep": {"k": 1, "l": 2}}, "b": {"y": 1}}})");
    const auto over = parsed(R"({"mode": "standard", "seed": 5,
        "suites": {"a": {"x": 2, "deep": {"k": 3}}, "c": {}}})");
    REQUIRE(under);
    REQUIRE(over);
    const ProjectConfiguration both = merged(*under, *over);
    CHECK(both.mode == plan::Mode::standard);
    CHECK(both.lanes == 1U);
    CHECK(both.seed == 5U);
    CHECK(both.reporters == std::vector<std::string>{"json"});
    CHECK(canonical_json(both.suites) ==
          R"({"a":{"deep":{"k":3,"l":2},"x":2},"b":{"y":1},"c":{}})");
}

TEST_CASE("an untrusted project names no code and no place outside itself") {
    const std::string text = R"({"wrap": ["sh", "-c", "echo"], "plugin_dirs": ["p"], "lanes": 2,
        "reporters": ["json=out.json", "csv=../y"],
        "suites": {"a/b": {"command": "rm", "n": 1}}})";
    const auto trusted = parsed(text);
    REQUIRE(trusted);
    CHECK(trusted->withheld.empty());
    CHECK(trusted->wrap);
    const auto harmless = parsed(text, Obey::harmless);
    REQUIRE(harmless);
    CHECK(harmless->withheld ==
          std::vector<std::string>{"/wrap", "/plugin_dirs", "/reporters", "/suites/a~1b/command"});
    CHECK_FALSE(harmless->wrap);
    CHECK_FALSE(harmless->reporters);
    CHECK(harmless->plugin_dirs.empty());
    CHECK(harmless->lanes == 2U);
    CHECK(canonical_json(harmless->suites) == R"({"a/b":{"n":1}})");
}

TEST_CASE("a history inside the project needs no trust, and one elsewhere does") {
    const auto inside = parsed(R"({"history": "perf/runs.db"})", Obey::harmless);
    REQUIRE(inside);
    CHECK(inside->history == "/project/perf/runs.db");
    CHECK(inside->withheld.empty());
    for (const char* text : {R"({"history": "postgresql://host/x"})",
                             R"({"history": "/etc/runs.db"})",
                             R"({"history": "../runs.db"})"}) {
        const auto outside = parsed(text, Obey::harmless);
        REQUIRE(outside);
        CHECK_MESSAGE(outside->withheld == std::vector<std::string>{"/history"}, text);
        CHECK_FALSE(outside->history);
    }
    const auto trusted = parsed(R"({"history": "postgresql://host/x"})", Obey::everything);
    REQUIRE(trusted);
    CHECK(trusted->history == "postgresql://host/x");
    CHECK_FALSE(parsed(R"({"history": 1})", Obey::everything));
}

TEST_CASE("reports that stay inside the project need no trust") {
    const auto harmless = parsed(R"({"reporters": ["json=out.json", "csv"]})", Obey::harmless);
    REQUIRE(harmless);
    CHECK(harmless->withheld.empty());
    CHECK(harmless->reporters == std::vector<std::string>{"json=/project/out.json", "csv"});
}
