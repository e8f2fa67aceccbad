#include "results.hpp"

#include <csignal>

namespace interrupt_test {

using namespace integration;

TEST_CASE("Ctrl-C reports what was measured, says that it was cancelled and exits 130") {
    const Sandbox box;
    Surroundings around;
    around.wait_for = "sample/multiply"; // finished; the slow case runs or waits
    around.then = [](int pid) { ::kill(pid, SIGINT); };
    const Ended run = box.assay({"run",
                                 "--mode",
                                 "quick",
                                 "--order-seed",
                                 "2", // multiply first
                                 "--lanes",
                                 "1",
                                 "--plugin",
                                 sample_plugin(),
                                 "sample/multiply",
                                 "sample/slow",
                                 "--reporter",
                                 "json=out.json"},
                                around);
    INFO(run.err);
    CHECK(run.exit_code == 130);
    const auto results = parsed(box.read("out.json"));
    CHECK(results.at("cases").as_array().size() == 2);
    CHECK(status_of(results, "sample/slow") == "cancelled");
    CHECK(results.at("summary").at("partial").as_bool());
    CHECK(run.err.find("cancelled") != std::string::npos);
    // One line for all that was never measured, and no case of it by name.
    CHECK(run.out.find("1 case was not measured: cancelled\n") != std::string::npos);
    CHECK(run.err.find("1 case was not measured: cancelled\n") != std::string::npos);
    CHECK(run.out.find("slow") == std::string::npos);
    CHECK(run.out.find("next  cancelled") == std::string::npos);
}

TEST_CASE("Ctrl-C in a comparison reports what the pairs so far say and exits 130") {
    const Sandbox box;
    Surroundings around;
    around.wait_for = "resolution:"; // said before the first pair
    around.then = [](int pid) { ::kill(pid, SIGINT); };
    const Ended ended = box.assay({"compare",
                                   sample_plugin(),
                                   sample_plugin(),
                                   "sample/(single|slow)",
                                   "--reporter",
                                   "json=out.json",
                                   "--budget",
                                   "60s"},
                                  around);
    INFO(ended.err);
    CHECK(ended.exit_code == 130);
    const auto document = parsed(box.read("out.json"));
    check_schema(document, "comparison.json");
    CHECK(document.at("summary").at("partial").as_bool());
    CHECK(ended.err.find("cancelled") != std::string::npos);
}

} // namespace interrupt_test
