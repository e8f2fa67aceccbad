// Two recorded runs held against each other, series by series.
#include "told_histories.hpp"
#include "tracking/run_comparison.hpp"

using namespace assay;
using namespace assay::tracking;
using namespace assay::tracking::test;
using history::test::kAdd;
using history::test::on_every_store;
using history::test::uuid;
using verdict::StoredWord;

namespace {

history::Run recorded(history::Store& store, int number) {
    auto run = store.run(uuid(number));
    REQUIRE(run.ok());
    return std::move(*run);
}

} // namespace

TEST_CASE("a series whose case broke in the new run has failed, and is not merely missing") {
    on_every_store([](history::Store& store) {
        tell(store, 1, {{"add", 8}});
        history::Run broken = history::test::run(2, {{"mul", 3}});
        broken.failures = {{kAdd, measure::CaseStatus::crashed, "signal 11"}};
        REQUIRE(store.record(broken).ok());
        const auto compared = compare_runs(store, recorded(store, 2), recorded(store, 1));
        REQUIRE(compared.ok());
        REQUIRE(compared->size() == 2);
        CHECK(compared->front().series.case_id == kAdd);
        CHECK(compared->front().verdict.word == StoredWord::failed);
        CHECK(compared->front().verdict.reason == "crashed: signal 11");
        CHECK(compared->back().verdict.word == StoredWord::no_baseline);
    });
}

TEST_CASE("what a gate is handed of two runs is what their comparison is made of") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(12, 8.0));
        tell(store, 13, {{"add", 12}});
        const history::Run now = recorded(store, 13), before = recorded(store, 12);
        const auto held = hold_against_run(store, now, before);
        REQUIRE(held.ok());
        REQUIRE(held->size() == 1);
        const auto& baseline = held->front().asked.known.baseline.baseline;
        REQUIRE(baseline);
        CHECK(baseline->center == before.points.front().figures->center);
        CHECK(baseline->figures.size() == 12); // how much the runs before differ
        const auto compared = compare_runs(store, now, before);
        REQUIRE(compared.ok());
        CHECK(compared->front().verdict.word == StoredWord::regressed);
        CHECK(compared->front().center == baseline->center);
    });
}

TEST_CASE("a step between two runs is no noise, however many runs came after it") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(11, 8.0));
        tell(store, "add", steady(9, 10.4), 12);
        for (const int now : {12, 16, 20}) {
            const auto compared = compare_runs(store, recorded(store, now), recorded(store, 11));
            REQUIRE(compared.ok());
            CAPTURE(now);
            CHECK(compared->front().verdict.word == StoredWord::regressed);
            REQUIRE(compared->front().verdict.finding);
            CHECK(compared->front().verdict.finding->mde.value_or(1) < 0.1);
        }
    });
}

TEST_CASE("an early run is held against a late one by what all runs tell of their noise") {
    on_every_store([](history::Store& store) {
        tell(store, "add", steady(20, 8.0));
        const auto compared = compare_runs(store, recorded(store, 1), recorded(store, 20));
        REQUIRE(compared.ok());
        CHECK(compared->front().verdict.word == StoredWord::unchanged);
        const auto& held = compared->front().verdict;
        REQUIRE(held.finding);
        CHECK(held.finding->runs == 19);
    });
}
