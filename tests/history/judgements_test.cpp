// What was said about figures, and taking points out.
#include "on_every_store.hpp"

#include <limits>

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace {

BaselineRow baseline(std::int64_t series, double center) {
    BaselineRow row;
    row.series_id = series;
    row.policy = "pinned";
    row.center = center;
    row.n = 1;
    row.who = "a person";
    row.why = "because";
    row.created = kStart;
    return row;
}

} // namespace

TEST_CASE("the newest baseline of a series counts and names the one before it") {
    on_every_store([](Store& store) {
        REQUIRE(store.record_all({run(1, {{"add", 1}, {"sub", 2}}), run(2, {{"add", 1}})}).ok());
        const std::int64_t add = series_id(store, kAdd);
        const std::int64_t sub = series_id(store, "sums/sub[n=64]");
        CHECK(store.baselines(std::nullopt)->empty());
        BaselineRow first = baseline(add, 1);
        first.spread = 0.1;
        first.from_run = uuid(1);
        first.to_run = uuid(2);
        first.evidence = {uuid(1), uuid(2)};
        const auto id = store.add_baselines({first});
        REQUIRE(id.ok());
        const auto more = store.add_baselines({baseline(add, 0.9), baseline(sub, 2)});
        REQUIRE(more.ok());
        REQUIRE(more->size() == 2);
        const auto of_add = store.baselines(add);
        REQUIRE(of_add.ok());
        REQUIRE(of_add->size() == 1);
        CHECK(of_add->front().id == more->front());
        CHECK(of_add->front().center == 0.9);
        CHECK(of_add->front().previous == id->front());
        CHECK(of_add->front().from_run == "");
        CHECK_FALSE(of_add->front().spread.has_value());
        CHECK(store.baselines(std::nullopt)->size() == 2);
    });
}

TEST_CASE("a baseline comes back with its runs and evidence") {
    on_every_store([](Store& store) {
        REQUIRE(store.record_all({run(1, {{"add", 1}}), run(2, {{"add", 1}})}).ok());
        BaselineRow row = baseline(series_id(store, kAdd), 1);
        row.spread = 0.25;
        row.from_run = uuid(1);
        row.to_run = uuid(2);
        row.evidence = {uuid(1), uuid(2)};
        REQUIRE(store.add_baselines({row}).ok());
        const auto read = store.baselines(row.series_id);
        REQUIRE(read.ok());
        REQUIRE(read->size() == 1);
        CHECK(read->front().spread == 0.25);
        CHECK(read->front().from_run == uuid(1));
        CHECK(read->front().to_run == uuid(2));
        CHECK(read->front().evidence == row.evidence);
        CHECK(read->front().who == "a person");
        CHECK(read->front().created == kStart);
    });
}

TEST_CASE("a baseline of runs that are not there or without a number is refused") {
    on_every_store([](Store& store) {
        REQUIRE(store.record(run(1, {{"add", 1}})).ok());
        BaselineRow row = baseline(series_id(store, kAdd), 1);
        row.from_run = uuid(9);
        const BaselineRow good = baseline(row.series_id, 2);
        const auto unknown = store.add_baselines({good, row});
        REQUIRE_FALSE(unknown.ok());
        CHECK(unknown.error().message.find(uuid(9)) != std::string::npos);
        row.from_run = "";
        row.center = std::numeric_limits<double>::infinity();
        CHECK_FALSE(store.add_baselines({good, row}).ok());
        CHECK(store.baselines(std::nullopt)->empty()); // not the good one of each either
    });
}

TEST_CASE("a verdict replaces the one of the same run, series and source") {
    on_every_store([](Store& store) {
        REQUIRE(store.record(run(1, {{"add", 1}})).ok());
        VerdictRow row{.run_uuid = uuid(1),
                       .series_id = series_id(store, kAdd),
                       .source = "history",
                       .verdict = "slower",
                       .severity = "major",
                       .change = 0.12,
                       .mde = 0.02,
                       .change_scale = "ratio",
                       .detail = {{"why", "test"}}};
        REQUIRE(store.add_verdicts({row}).ok());
        VerdictRow gate = row;
        gate.source = "gate";
        row.verdict = "same";
        row.severity = "";
        row.change.reset();
        REQUIRE(store.add_verdicts({row, gate}).ok());
        const auto read = store.verdicts(uuid(1));
        REQUIRE(read.ok());
        REQUIRE(read->size() == 2);
        CHECK(read->at(0).source == "gate");
        CHECK(read->at(0).change == 0.12);
        CHECK(read->at(0).detail == gate.detail);
        CHECK(read->at(1).verdict == "same");
        CHECK(read->at(1).severity == "");
        CHECK_FALSE(read->at(1).change.has_value());
        CHECK_FALSE(store.verdicts(uuid(9)).ok());
    });
}

TEST_CASE("results of gates are kept with and without a series, the last one counts") {
    on_every_store([](Store& store) {
        REQUIRE(store.record(run(1, {{"add", 1}})).ok());
        GateRow all{.run_uuid = uuid(1),
                    .rule_id = "rule-1",
                    .verdict = "failed",
                    .op = "<=",
                    .source = ".assay/gates.json:3"};
        GateRow one = all;
        one.series_id = series_id(store, kAdd);
        one.figure = 1.5;
        one.limit = 1;
        REQUIRE(store.add_gate_results({all, one}).ok());
        all.verdict = "passed";
        REQUIRE(store.add_gate_results({all, one}).ok());
        const auto read = store.gate_results(uuid(1));
        REQUIRE(read.ok());
        REQUIRE(read->size() == 2);
        CHECK(read->at(0).verdict == "passed");
        CHECK_FALSE(read->at(0).series_id.has_value());
        CHECK(read->at(1).figure == 1.5);
        CHECK(read->at(1).limit == 1);
        // A rule that is in force no more is not told of.
        REQUIRE(store.add_gate_results({one}).ok());
        CHECK(store.gate_results(uuid(1))->size() == 1);
    });
}

TEST_CASE("excluded points are left out until somebody asks, and can be taken back") {
    on_every_store([](Store& store) {
        REQUIRE(store.record_all({run(1, {{"add", 1}, {"sub", 1}}), run(2, {{"add", 2}})}).ok());
        const std::int64_t id = series_id(store, kAdd);
        CHECK(*store.exclude(uuid(1), kAdd, true) == 1);
        CHECK(*store.exclude(uuid(1), kAdd, true) == 0);
        CHECK(centers(*store.points(id, {})) == std::vector<double>{2});
        CHECK(store.points(id, {.excluded_too = true})->size() == 2);
        CHECK_FALSE(store.runs({})->back().excluded);
        CHECK(*store.exclude(uuid(1), std::nullopt, true) == 1);
        CHECK(store.runs({})->back().excluded);
        CHECK(*store.exclude(uuid(1), std::nullopt, false) == 2);
        CHECK_FALSE(store.runs({})->back().excluded);
        CHECK(store.points(id, {})->size() == 2);
        CHECK_FALSE(store.exclude(uuid(9), std::nullopt, true).ok());
    });
}
