// What a run ought to have a figure of, by the runs before it.
#include "told_histories.hpp"
#include "tracking/expected_series.hpp"

#include <doctest/doctest.h>

namespace expected_series_test {

using namespace assay;
using namespace assay::tracking;
using history::test::on_every_store;

namespace {

using Told = std::vector<std::pair<std::string, double>>;

// Run `number`, as `assay run` of these filters told it.
history::Run asked(int number, const std::vector<std::string>& words, const Told& figures) {
    history::Run run = history::test::run(number, figures);
    run.argv = {"run"};
    run.argv.insert(run.argv.end(), words.begin(), words.end());
    return run;
}

void keep(history::Store& store, const history::Run& run) {
    const auto recorded = store.record(run);
    REQUIRE_MESSAGE(recorded.ok(), recorded.error().message);
}

// "sums/add[n=64] time: why" of everything that `run`, the newest one, lost.
std::vector<std::string> lost_in(history::Store& store, const history::Run& run) {
    keep(store, run);
    const auto kept = store.run(run.uuid);
    REQUIRE(kept.ok());
    const auto lost = lost_series(store, *kept, {});
    REQUIRE_MESSAGE(lost.ok(), lost.error().message);
    std::vector<std::string> told;
    for (const ExpectedSeries& one : *lost) {
        told.push_back(one.series.family + ": " + one.reason);
    }
    return told;
}

using Lost = std::vector<std::string>;

} // namespace

TEST_CASE("what the run before it had and this one says nothing of is lost at once") {
    on_every_store([](history::Store& store) {
        keep(store, asked(1, {}, {{"add", 1}, {"sub", 2}}));
        CHECK(lost_in(store, asked(2, {}, {{"add", 1}})) ==
              Lost{"sub: not measured here: the run before it has it"});
    });
}

TEST_CASE("it is told in how many runs in a row it was") {
    on_every_store([](history::Store& store) {
        for (int number = 1; number <= 3; ++number) {
            keep(store, asked(number, {}, {{"add", 1}, {"sub", 2}}));
        }
        CHECK(lost_in(store, asked(4, {}, {{"add", 1}})) ==
              Lost{"sub: not measured here: each of the 3 runs before it has it"});
    });
}

TEST_CASE("repeating a run of the same commit forgets nothing, and the next commit's does") {
    on_every_store([](history::Store& store) {
        keep(store, asked(1, {}, {{"add", 1}, {"sub", 2}}));
        const history::Run first = asked(2, {}, {{"add", 1}});
        keep(store, first);
        history::Run again = asked(3, {}, {{"add", 1}});
        again.git.sha = first.git.sha;
        CHECK(lost_in(store, again) ==
              Lost{"sub: not measured here: the last run of another commit has it"});
        CHECK(lost_in(store, asked(4, {}, {{"add", 1}})).empty());
    });
}

TEST_CASE("a run that was asked for less lost nothing, however many runs were asked for all") {
    on_every_store([](history::Store& store) {
        for (int number = 1; number <= 6; ++number) {
            keep(store, asked(number, {}, {{"add", 1}, {"sub", 2}}));
        }
        CHECK(lost_in(store, asked(7, {"sums/add"}, {{"add", 1}})).empty());
        CHECK(lost_in(store, asked(8, {}, {{"add", 1}})).size() == 1);
    });
}

TEST_CASE("a run of another machine, mode, branch or project expects nothing of this one") {
    on_every_store([](history::Store& store) {
        const auto before = [&](int number, const auto& change) {
            history::Run run = asked(number, {}, {{"add", 1}, {"sub", 2}});
            change(run);
            keep(store, run);
        };
        before(1, [](history::Run& run) { run.mode = "standard"; });
        before(2, [](history::Run& run) { run.git.branch = "other"; });
        before(3, [](history::Run& run) { run.project = "other"; });
        before(4, [](history::Run& run) { run.status = "cancelled"; });
        CHECK(lost_in(store, asked(5, {}, {{"add", 1}})).empty());
    });
}

TEST_CASE("a case that broke, or was left out with a reason, is not lost") {
    on_every_store([](history::Store& store) {
        keep(store, asked(1, {}, {{"add", 1}, {"sub", 2}}));
        history::Run run = asked(2, {}, {{"add", 1}});
        run.failures.push_back(
            {history::test::series("sub").case_id, measure::CaseStatus::skipped, "no GPU here"});
        CHECK(lost_in(store, run).empty());
    });
}

// Records of other programs do not say what was asked for: two programs take turns here.
TEST_CASE("a record that has little in common with the one before is of another program") {
    on_every_store([](history::Store& store) {
        const Told one{{"a", 1}, {"b", 1}, {"c", 1}}, other{{"x", 1}, {"y", 1}};
        for (int number = 1; number <= 6; ++number) {
            keep(store, history::test::run(number, number % 2 == 0 ? one : other));
        }
        CHECK(lost_in(store, history::test::run(7, other)).empty());
        CHECK(lost_in(store, history::test::run(8, {{"x", 1}})).size() == 1);
    });
}

} // namespace expected_series_test
