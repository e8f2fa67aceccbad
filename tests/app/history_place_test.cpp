#include "app/recording/history_place.hpp"
#include "environment_of.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;

namespace {

namespace fs = std::filesystem;

HistoryPlace place_of(const std::optional<fs::path>& project,
                      const std::optional<std::string>& configured,
                      std::map<std::string, std::string> variables) {
    variables.emplace("XDG_DATA_HOME", "/data");
    return history_place(project, configured, environment_of(std::move(variables)), "/here");
}

Result<Recording> wish(const std::vector<std::string>& options,
                       std::map<std::string, std::string> variables,
                       bool in_project = false) {
    Invocation invocation;
    for (const std::string& option : options) {
        invocation.options[option] = {""};
    }
    return recording_wish(invocation, environment_of(std::move(variables)), in_project);
}

} // namespace

TEST_CASE("the history is the project's, and the user's where there is no project") {
    const HistoryPlace project = place_of("/project", std::nullopt, {});
    CHECK(project.store == "/project/.assay/history.db");
    CHECK(project.bundles == "/project/.assay/runs");
    CHECK(project.named_by == "the project");
    const HistoryPlace user = place_of(std::nullopt, std::nullopt, {});
    CHECK(user.store == "/data/assay/history.db");
    CHECK(user.bundles == "/data/assay/runs");
}

TEST_CASE("the environment beats the configuration, which beats the project's usual place") {
    const HistoryPlace configured = place_of("/project", "postgresql://host/x", {});
    CHECK(configured.store == "postgresql://host/x");
    CHECK(configured.bundles == "/project/.assay/runs");
    const HistoryPlace named =
        place_of("/project", "postgresql://host/x", {{"PERFORMANCE_DB_PATH", "perf/runs.db"}});
    CHECK(named.store == "/here/perf/runs.db");
    CHECK(named.bundles == "/project/.assay/runs");
    CHECK(named.named_by == "PERFORMANCE_DB_PATH");
}

TEST_CASE(
    "without a project bundles lie beside the history, or with the user where it is a server") {
    CHECK(
        place_of(std::nullopt, std::nullopt, {{"PERFORMANCE_DB_PATH", "/tmp/p/runs.db"}}).bundles ==
        "/tmp/p/runs");
    const HistoryPlace server =
        place_of(std::nullopt, std::nullopt, {{"PERFORMANCE_DB_PATH", "postgresql://host/x"}});
    CHECK(server.store == "postgresql://host/x");
    CHECK(server.bundles == "/data/assay/runs");
}

TEST_CASE("a run is recorded in a project, and elsewhere only where somebody asks for it") {
    CHECK(*wish({}, {}, true) == Recording::usual);
    CHECK(*wish({}, {}) == Recording::off);
    CHECK(*wish({"--record"}, {}) == Recording::asked);
    CHECK(*wish({"--no-record"}, {}, true) == Recording::off);
    CHECK(*wish({}, {{"PERFORMANCE_DB_PATH", "x.db"}}) == Recording::asked);
}

TEST_CASE("ENABLE_PERFORMANCE_RECORDING is obeyed unless the command line says otherwise") {
    for (const char* yes : {"1", "true"}) {
        CHECK(*wish({}, {{"ENABLE_PERFORMANCE_RECORDING", yes}}) == Recording::asked);
        CHECK(*wish({"--no-record"}, {{"ENABLE_PERFORMANCE_RECORDING", yes}}) == Recording::off);
    }
    for (const char* no : {"0", "false"}) {
        CHECK(*wish({}, {{"ENABLE_PERFORMANCE_RECORDING", no}}, true) == Recording::off);
        CHECK(*wish({}, {{"ENABLE_PERFORMANCE_RECORDING", no}, {"PERFORMANCE_DB_PATH", "x"}}) ==
              Recording::off);
        CHECK(*wish({"--record"}, {{"ENABLE_PERFORMANCE_RECORDING", no}}) == Recording::asked);
    }
}

TEST_CASE("what contradicts itself or cannot be understood is refused, never guessed") {
    const auto both = wish({"--record", "--no-record"}, {});
    REQUIRE_FALSE(both.ok());
    CHECK(both.error().kind == ErrorKind::usage);
    for (const char* value : {"yes", "TRUE", "2"}) {
        const auto odd = wish({}, {{"ENABLE_PERFORMANCE_RECORDING", value}}, true);
        REQUIRE_FALSE(odd.ok());
        CHECK(odd.error().kind == ErrorKind::usage);
        CHECK(odd.error().message.find("expected 1, true, 0 or false") != std::string::npos);
    }
}
