#include "app/gate/gate_way.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::app;

namespace {

Result<GateWay> way_of(const std::vector<std::string>& options) {
    Invocation invocation;
    for (const std::string& option : options) {
        invocation.options[option] = {"x"};
    }
    return gate_way(invocation);
}

} // namespace

TEST_CASE("a gate measures unless a recorded run or a file is asked for") {
    CHECK(*way_of({}) == GateWay::measured);
    CHECK(*way_of({"--budget", "--timeout", "--gates"}) == GateWay::measured);
    CHECK(*way_of({"--skip-run", "--run", "--gates"}) == GateWay::recorded);
    CHECK(*way_of({"--results", "--against", "--run", "--timeout", "--format"}) == GateWay::files);
}

TEST_CASE("an option of another way is refused, never passed over") {
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"--run"},
                                               {"--platform"},
                                               {"--branch"},
                                               {"--against"},
                                               {"--importer"},
                                               {"--skip-run", "--results"},
                                               {"--skip-run", "--budget"},
                                               {"--skip-run", "--timeout"},
                                               {"--skip-run", "--against"},
                                               {"--results", "--branch"},
                                               {"--results", "--margin"},
                                               {"--results", "--baseline"}}) {
        CAPTURE(words.back());
        const auto way = way_of(words);
        CHECK_FALSE(way.ok());
        CHECK(way.error().kind == ErrorKind::usage);
    }
}
