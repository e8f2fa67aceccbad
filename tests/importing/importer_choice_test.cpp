// Which importer `auto` takes: sure, and clearly surer than the next.
#include "app/importing/importer_choice.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;

TEST_CASE("the importer that is sure and clearly surer is taken") {
    const auto chosen = choose_importer("x", {{"jmh", 10}, {"hyperfine", 80}, {"bmf", 60}});
    REQUIRE(chosen.ok());
    CHECK(*chosen == "hyperfine");
    CHECK(*choose_importer("x", {{"only", 60}}) == "only");
}

TEST_CASE("nobody is taken who is not sure, or hardly surer than another") {
    const auto unsure = choose_importer("x.json", {{"hyperfine", 59}, {"jmh", 0}});
    REQUIRE_FALSE(unsure.ok());
    CHECK(unsure.error().kind == ErrorKind::usage);
    CHECK(unsure.error().message.find("hyperfine (59 of 100)") != std::string::npos);
    CHECK(unsure.error().message.find("jmh") == std::string::npos);
    const auto two = choose_importer("x.json", {{"a", 80}, {"b", 61}});
    REQUIRE_FALSE(two.ok());
    CHECK(two.error().message.find("a (80 of 100), b (61 of 100)") != std::string::npos);
    CHECK_FALSE(choose_importer("x.json", {}).ok());
}

TEST_CASE("a format may be written with hyphens") {
    CHECK(importer_name("github-action-benchmark") == "github_action_benchmark");
}
