#include "app/session/run_occasion.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace assay;
using namespace assay::app;

namespace {

Result<RunOccasion> occasion(const std::map<std::string, std::string>& variables) {
    return run_occasion([&](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

} // namespace

TEST_CASE("a run is by hand unless a CI service is known or somebody says otherwise") {
    CHECK(occasion({})->kind == "manual");
    CHECK(occasion({{"GITHUB_ACTIONS", "true"}})->kind == "ci");
    CHECK(occasion({{"CI", "true"}})->kind == "ci");
    for (const char* const kind : {"ci", "nightly", "manual"}) {
        CHECK(occasion({{"PERFORMANCE_RUN_TYPE", kind}, {"GITLAB_CI", "true"}})->kind == kind);
    }
}

TEST_CASE("what started the job is told beside the kind") {
    CHECK_FALSE(occasion({})->trigger.has_value());
    const auto nightly = occasion({{"PERFORMANCE_RUN_TYPE", "nightly"},
                                   {"GITHUB_ACTIONS", "true"},
                                   {"GITHUB_EVENT_NAME", "schedule"}});
    CHECK(nightly->kind == "nightly");
    CHECK(nightly->trigger == "schedule");
}

TEST_CASE("any other type of run is a usage error that names the three") {
    for (const char* const wrong : {"CI", "weekly", "nightly "}) {
        const auto refused = occasion({{"PERFORMANCE_RUN_TYPE", wrong}});
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().kind == ErrorKind::usage);
        CHECK(refused.error().message.find("ci, nightly or manual") != std::string::npos);
        CHECK(refused.error().message.find(wrong) != std::string::npos);
    }
    CHECK(occasion({{"PERFORMANCE_RUN_TYPE", "nighly"}}).error().message.find("'nightly'") !=
          std::string::npos);
}

TEST_CASE("a label that is none is a usage error before anything is measured") {
    CHECK(occasion({{"PERFORMANCE_PLATFORM", "lab-7"}}).ok());
    const auto refused = occasion({{"PERFORMANCE_PLATFORM", "two\nlines"}});
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::usage);
}
