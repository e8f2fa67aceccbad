#include "told_export.hpp"
#include "tracking/exports/chosen_cases.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::test;
using namespace assay::tracking;

namespace {

struct Left {
    std::size_t points = 0, failures = 0;

    friend bool operator==(const Left&, const Left&) = default;
};

Left left_of(const CaseChoice& choice) {
    std::vector<ExportedRun> runs{told_run()};
    const auto chosen = keep_chosen(runs, choice);
    REQUIRE_MESSAGE(chosen.ok(), chosen.error().message);
    REQUIRE(runs.size() == 1);
    return {runs.front().run.points.size(), runs.front().run.failures.size()};
}

ErrorKind refusal_of(const CaseChoice& choice) {
    std::vector<ExportedRun> runs{told_run()};
    const auto chosen = keep_chosen(runs, choice);
    REQUIRE_FALSE(chosen.ok());
    return chosen.error().kind;
}

} // namespace

TEST_CASE("words choose cases by id, family, suite and expression, and exclude with a mark") {
    CHECK(left_of({}) == Left{3, 1});
    CHECK(left_of({.words = {kAdd}}) == Left{3, 0});
    CHECK(left_of({.words = {"sums/broken"}}) == Left{0, 1});
    CHECK(left_of({.words = {"sums"}}) == Left{3, 1});
    CHECK(left_of({.words = {"n=6."}}) == Left{3, 0});
    CHECK(left_of({.words = {"!broken"}}) == Left{3, 0});
    CHECK(left_of({.words = {"sums", "!sums/add"}}) == Left{0, 1});
    CHECK(left_of({.words = {kAdd, "broken"}}) == Left{3, 1});
}

TEST_CASE("metrics are chosen by key, and failed cases stay") {
    CHECK(left_of({.metrics = {"time"}}) == Left{1, 1});
    CHECK(left_of({.words = {kAdd}, .metrics = {"time", "hit_rate"}}) == Left{2, 0});
}

TEST_CASE("words that match nothing, patterns that are none and tags are refused") {
    CHECK(refusal_of({.words = {"summs"}}) == ErrorKind::usage);
    CHECK(refusal_of({.metrics = {"tme"}}) == ErrorKind::usage);
    CHECK(refusal_of({.words = {"!sums"}}) == ErrorKind::missing);
    CHECK(refusal_of({.words = {"add["}}) == ErrorKind::usage);
    CHECK(refusal_of({.words = {"tag:slow"}}) == ErrorKind::usage);
    std::vector<ExportedRun> runs{told_run()};
    CHECK(holds(keep_chosen(runs, {.words = {"summs"}}).error().message, "did you mean 'sums'?"));
}

TEST_CASE("what gates said of other cases goes with them, what they said of the run stays") {
    std::vector<ExportedRun> runs{told_run()};
    runs.front().gates = {{.rule = "a", .outcome = "FAIL", .case_id = kAdd, .metric = "time"},
                          {.rule = "host", .outcome = "PASS"}};
    REQUIRE(keep_chosen(runs, {.words = {"sums/broken"}}).ok());
    REQUIRE(runs.front().gates.size() == 1);
    CHECK(runs.front().gates.front().rule == "host");
}

TEST_CASE("excluded figures are left out and counted where the format cannot say it") {
    std::vector<ExportedRun> runs{told_run()};
    runs.front().run.points.front().flags = history::point_flag::excluded;
    const auto chosen = keep_chosen(runs, {.excluded_too = false});
    REQUIRE(chosen.ok());
    CHECK(chosen->excluded == 1);
    CHECK(runs.front().run.points.size() == 2);
}
