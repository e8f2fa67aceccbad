// What two recorded runs differ in besides their figures.
#include "app/comparison/run_differences.hpp"
#include "workers/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace run_differences_test {

using namespace assay;
using namespace assay::app;

namespace {

history::Run run_on(const std::string& label, const std::string& fingerprint) {
    history::Run run;
    run.platform = {.fingerprint = fingerprint, .label = label, .identity = {{"cores", 2}}};
    run.mode = "quick";
    run.seed = 1;
    return run;
}

tracking::HeldSeries held_series(const std::string& suite) {
    tracking::HeldSeries held;
    held.series.suite = suite;
    held.asked.known.baseline.baseline = verdict::Baseline{.center = 1};
    return held;
}

// Of these configurations of the suite "s", what becomes of a series of it.
std::string reason_with(const json::object& before, const json::object& after) {
    const auto folder = workers::ScratchFolder::make("test");
    REQUIRE(folder.ok());
    const auto store = history::open_store(folder->path() + "/h.db", {.create = true});
    REQUIRE(store.ok());
    const history::Run old_run = run_on("a", "1");
    const history::Run new_run = run_on("a", "1");
    const app::StoredPair pair{
        .kind = StoredKind::runs,
        .store = **store,
        .old_side = {.name = "old", .run = old_run, .configurations = before},
        .new_side = {.name = "new", .run = new_run, .configurations = after},
        .advice = ""};
    std::vector<tracking::HeldSeries> held{held_series("s")};
    mark_incomparable(pair, held);
    return held.front().asked.known.incomparable;
}

} // namespace

TEST_CASE("another configuration of a suite is another workload, where both sides say theirs") {
    CHECK(reason_with({{"s", {{"n", 1}}}}, {{"s", {{"n", 2}}}}) == "the suite's configuration");
    CHECK(reason_with({{"s", {{"n", 1}}}}, {{"s", {{"n", 1}}}}).empty());
    CHECK(reason_with({{"s", {{"n", 1}}}}, {}).empty()); // a history does not keep it
    CHECK(reason_with({{"t", {{"n", 1}}}}, {{"t", {{"n", 2}}}}).empty());
}

TEST_CASE("two machines are named with what they differ in, one under two labels as that") {
    const history::Run here = run_on("a", "1");
    history::Run there = run_on("b", "2");
    there.platform.identity = {{"cores", 8}};
    CHECK_FALSE(machines_text(here, here));
    CHECK(*machines_text(here, there) ==
          "the runs are of two machines, a and b: no figure of theirs is compared (cores 2 and 8)");
    CHECK(machines_text(here, run_on("a", "2"))->find("both called a") != std::string::npos);
    CHECK(machines_text(here, run_on("b", "1"))->find("under two labels, a and b") !=
          std::string::npos);
}

TEST_CASE("of environments the first differences are named, and long values by their names") {
    history::Run before = run_on("a", "1");
    history::Run after = before;
    CHECK_FALSE(environments_text(before, after)); // neither is known
    before.environment = {{"cpu_flags", std::string(60, 'x')}, {"smt", true}};
    after.environment = {{"cpu_flags", std::string(60, 'y')}, {"smt", true}};
    CHECK(*environments_text(before, after) == "the environments differ: cpu_flags");
    for (int i = 0; i < 9; ++i) {
        after.environment["limit" + std::to_string(i)] = i;
    }
    CHECK(environments_text(before, after)->ends_with(" and 4 more"));
}

} // namespace run_differences_test
