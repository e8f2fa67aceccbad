#include "small_cases.hpp"

#include <doctest/doctest.h>

#include <string>

namespace bad_parameters_test {

using namespace matrix_caching_test;
using namespace suite_test;

namespace {

struct Opened {
    assay_status status;
    std::string text;
};

Opened open(const std::string& family, const Parameters& parameters) {
    static PluginSession session;
    const auto opened = session.open(family, parameters);
    return {opened->status(), opened->text()};
}

void check_refused(const std::string& family, const Parameters& parameters, const char* text) {
    const Opened opened = open(family, parameters);
    CHECK(opened.status == ASSAY_E_CONFIG);
    CHECK(opened.text == text);
}

} // namespace

TEST_CASE("values outside an axis are refused with what was expected") {
    const std::string no_path = "path=slices: this family has no such path";
    check_refused("transition", {{"path", "slices"}}, no_path.c_str());
    check_refused("transition",
                  {{"access", "zipf9"}},
                  "access=zipf9: expected uniform, scan or zipfS such as zipf0.8, S above 0 and at "
                  "most 4");
    check_refused(
        "likelihood", {{"eviction", "arc"}}, "eviction=arc: expected lru, lfu, fifo or none");
    check_refused("likelihood", {{"phase", "hot"}}, "phase=hot: expected cold, steady or warm");
    check_refused("likelihood",
                  {{"limit", std::int64_t{-2}}},
                  "limit=-2: expected bytes, 0 for a cache that is off, -1 for no limit");
    check_refused(
        "intermediate", {{"working_set", 0.0}}, "working_set=0: expected above 0 and at most 1024");
    check_refused("intermediate",
                  {{"learn_every", std::int64_t{-1}}},
                  "learn_every=-1: expected a number of requests, or 0 for never");
    check_refused(
        "likelihood", {{"episode", std::int64_t{0}}}, "episode=0: expected 1 to 1000000 requests");
    check_refused("transition", {{"depth", std::int64_t{9}}}, "depth=9: expected 1 to 8");
    check_refused("transition", {{"states", std::int64_t{0}}}, "states=0: expected 1 to 512");
    check_refused("likelihood", {{"factors", std::int64_t{9}}}, "factors=9: expected 1 to 8");
    check_refused("intermediate",
                  {{"depth", std::int64_t{5}}, {"actions2", std::int64_t{4}}},
                  "depth=5,actions2=4: 1048576 policies, expected at most 65536");
    check_refused("comparison",
                  {{"workload", "heavy"}},
                  "workload=heavy: expected transition-heavy, observation-heavy or mixed");
    check_refused("comparison",
                  {{"caches", "some"}},
                  "caches=some: expected none, likelihoods, transitions, intermediates or all");
}

TEST_CASE("what is larger than a launch should hold is skipped with its size") {
    const Opened set = open("transition", {{"limit", std::int64_t{1} << 30}, {"working_set", 4.0}});
    CHECK(set.status == ASSAY_SKIP);
    CHECK(set.text.find("is 4096 MiB, more than 1024 MiB") != std::string::npos);
    const Opened model = open("transition",
                              {{"states", std::int64_t{40}},
                               {"depth", std::int64_t{1}},
                               {"limit", std::int64_t{1} << 28},
                               {"working_set", 4.0}});
    CHECK(model.status == ASSAY_SKIP);
    CHECK(model.text.find("needs a model of ") != std::string::npos);
    const Opened tensor =
        open("likelihood", {{"states", std::int64_t{200}}, {"factors", std::int64_t{4}}});
    CHECK(tensor.status == ASSAY_SKIP);
    CHECK(tensor.text.find("need a model of ") != std::string::npos);
}

} // namespace bad_parameters_test
