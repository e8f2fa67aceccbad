// Whether two recorded runs were asked for the same.
#include "app/gate/asked_of_run.hpp"

#include <doctest/doctest.h>

namespace asked_of_run_test {

using namespace assay;
using namespace assay::app;

namespace {

std::string asked(std::vector<std::string> argv) {
    history::Run run;
    run.argv = std::move(argv);
    return asked_of_run(run);
}

} // namespace

TEST_CASE("how to measure and what to report is not what was asked for") {
    const std::string plain = asked({"run", "sums/add"});
    CHECK(asked({"run", "sums/add", "--lanes", "1", "--record", "--reporter", "json=a.json"}) ==
          plain);
    CHECK(asked({"--quiet", "run", "sums/add", "--fail-fast"}) == plain);
}

TEST_CASE("filters, suites, parameters, shards and plugins are what was asked for") {
    const std::string plain = asked({"run"});
    CHECK(asked({"run", "sums/add"}) != plain);
    CHECK(asked({"run", "--suite", "sums"}) != plain);
    CHECK(asked({"run", "--param", "n=64"}) != plain);
    CHECK(asked({"run", "--shard", "1/2"}) != asked({"run", "--shard", "2/2"}));
    CHECK(asked({"run", "--plugin", "a.assay.so"}) != plain);
    CHECK(asked({"gate"}) != plain);
}

TEST_CASE("a command line of another Assay is taken as it was typed") {
    CHECK(asked({"run", "--no-such-option"}) == asked({"run", "--no-such-option"}));
    CHECK(asked({"run", "--no-such-option"}) != asked({"run", "--nor-such"}));
}

TEST_CASE("of an import its format is what was asked for") {
    history::Run run;
    run.metadata["format"] = "jmh";
    CHECK(asked_of_run(run) == "jmh");
}

} // namespace asked_of_run_test
