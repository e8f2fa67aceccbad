#include "app/parser.hpp"
#include "app/selection.hpp"
#include "environment_of.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;

namespace {

Result<plan::Selection> selected(const std::vector<std::string>& words) {
    const Result<Invocation> invocation = parse(command_table(), words, environment_of({}));
    REQUIRE(invocation);
    return selection_from(*invocation, plan::Mode::quick);
}

} // namespace

TEST_CASE("filters, suites, parameters and the shard become typed values") {
    const auto selection = selected({"run",
                                     "router/",
                                     "!x",
                                     "--suite",
                                     "router",
                                     "--param",
                                     "n=64,128",
                                     "--param",
                                     "path=a=b",
                                     "--shard",
                                     "2/3"});
    REQUIRE(selection);
    CHECK(selection->mode == plan::Mode::quick);
    CHECK(selection->filters == std::vector<std::string>{"router/", "!x"});
    CHECK(selection->suites == std::vector<std::string>{"router"});
    REQUIRE(selection->params.size() == 2);
    CHECK(selection->params[0].name == "n");
    CHECK(selection->params[0].values == std::vector<std::string>{"64", "128"});
    CHECK(selection->params[1].values == std::vector<std::string>{"a=b"});
    REQUIRE(selection->shard);
    CHECK(selection->shard->index == 2);
    CHECK(selection->shard->count == 3);
}

TEST_CASE("a parameter without a name or a value is refused with an example") {
    for (const std::string text : {"n", "=4", "n="}) {
        CAPTURE(text);
        const auto selection = selected({"run", "--param", text});
        REQUIRE_FALSE(selection);
        CHECK(selection.error().kind == ErrorKind::usage);
        CHECK(selection.error().message.find("n=64,128") != std::string::npos);
    }
}
