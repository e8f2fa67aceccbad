// What was said about runs, from one store of any kind into another of any kind.
#include "histories.hpp"
#include "history/judgement_lines.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace {

// Two runs; the second is excluded, judged, and made a baseline of.
void tell(Store& store) {
    REQUIRE(store.record_all({run(1, {{"add", 1}, {"sub", 2}}), run(2, {{"add", 1}, {"sub", 2}})})
                .ok());
    const std::int64_t add = series_id(store, kAdd);
    REQUIRE(store.exclude(uuid(2), kAdd, true).ok());
    BaselineRow pinned;
    pinned.series_id = add;
    pinned.policy = "pinned";
    pinned.center = 0.1;
    pinned.spread = 0.01;
    pinned.from_run = pinned.to_run = uuid(1);
    pinned.evidence = {uuid(1)};
    pinned.who = "a person";
    pinned.why = "because";
    pinned.created = kStart;
    BaselineRow imported = pinned;
    imported.policy = "import";
    imported.from_run = imported.to_run = "";
    imported.evidence = {};
    imported.created = kStart + kSecond;
    REQUIRE(store.add_baselines({pinned, imported}).ok());
    VerdictRow verdict;
    verdict.run_uuid = uuid(1);
    verdict.series_id = add;
    verdict.source = "gate";
    verdict.verdict = "regressed";
    verdict.severity = "minor";
    verdict.change = 0.07;
    verdict.detail = {{"rule", "time"}};
    REQUIRE(store.add_verdicts({verdict}).ok());
    GateRow gate;
    gate.run_uuid = uuid(1);
    gate.rule_id = "time";
    gate.verdict = "failed";
    gate.figure = 0.07;
    gate.limit = 0.05;
    gate.op = "<=";
    gate.source = "gates.json";
    GateRow of_series = gate;
    of_series.series_id = add;
    REQUIRE(store.add_gate_results({gate, of_series}).ok());
}

std::vector<std::string> said(Store& store) {
    const auto judgements = store.judgements();
    REQUIRE_MESSAGE(judgements.ok(), judgements.error().message);
    std::vector<std::string> lines = lines_of(*judgements);
    std::ranges::sort(lines);
    return lines;
}

Status copy_runs(Store& from, Store& into) {
    return from.each_run({}, [&](Run&& run) -> Status {
        const auto recorded = into.record_all({run});
        return recorded ? Status() : Status(recorded.error());
    });
}

} // namespace

TEST_CASE("what was said in one store is said in another, once, whatever kind they are") {
    for (const StoreKind& kind_from : store_kinds()) {
        for (const StoreKind& kind_into : store_kinds()) {
            CAPTURE(kind_from.name);
            CAPTURE(kind_into.name);
            const auto place_from = kind_from.make();
            const auto place_into = kind_into.make();
            const auto from = opened(*place_from);
            const auto into = opened(*place_into);
            tell(*from);
            REQUIRE(copy_runs(*from, *into).ok());
            // The runs bring their flags with them; as if they had come before it was excluded.
            REQUIRE(into->exclude(uuid(2), std::nullopt, false).ok());
            const auto taken = into->add_judgements(*from->judgements());
            REQUIRE_MESSAGE(taken.ok(), taken.error().message);
            CHECK(taken->exclusions == 1);
            CHECK(taken->baselines == 2);
            CHECK(taken->verdicts == 1);
            CHECK(taken->gates == 2);
            CHECK(taken->left_out == 0);
            CHECK(said(*into) == said(*from));
            const auto again = into->add_judgements(*from->judgements());
            REQUIRE(again.ok());
            CHECK(again->added() == 0);
            CHECK(again->known == 6);
            CHECK(said(*into) == said(*from));
            const auto current = into->baselines(series_id(*into, kAdd));
            REQUIRE(current->size() == 1);
            CHECK(current->front().policy == "import");
            CHECK(into->points(series_id(*into, kAdd), {})->size() == 1);
        }
    }
}

TEST_CASE("what is said of a run that is not there is left out and counted") {
    for (const StoreKind& kind : store_kinds()) {
        CAPTURE(kind.name);
        const auto place_from = kind.make();
        const auto place_into = kind.make();
        const auto from = opened(*place_from);
        const auto into = opened(*place_into);
        tell(*from);
        const auto nothing_there = into->add_judgements(*from->judgements());
        REQUIRE(nothing_there.ok());
        CHECK(nothing_there->added() == 0);
        CHECK(nothing_there->left_out == 6);
        REQUIRE(into->record(run(2, {{"add", 1}})).ok());
        const auto some = into->add_judgements(*from->judgements());
        REQUIRE(some.ok());
        CHECK(some->exclusions == 1);
        CHECK(some->baselines == 1); // that of no run
        CHECK(some->left_out == 4);
    }
}

TEST_CASE("of baselines from two stores the one set later counts in both") {
    for (const StoreKind& kind : store_kinds()) {
        CAPTURE(kind.name);
        const auto place_here = kind.make();
        const auto place_there = kind.make();
        const auto here = opened(*place_here);
        const auto there = opened(*place_there);
        BaselineRow row;
        row.policy = "pinned";
        row.who = "a person";
        for (Store* store : {here.get(), there.get()}) {
            REQUIRE(store->record(run(1, {{"add", 1}})).ok());
            row.series_id = series_id(*store, kAdd);
            row.center = store == here.get() ? 2 : 3;
            row.created = kStart + (store == here.get() ? kSecond : 0);
            REQUIRE(store->add_baselines({row}).ok());
        }
        REQUIRE(here->add_judgements(*there->judgements()).ok());
        REQUIRE(there->add_judgements(*here->judgements()).ok());
        CHECK(here->baselines(std::nullopt)->front().center == 2);
        CHECK(there->baselines(std::nullopt)->front().center == 2);
        CHECK(said(*here) == said(*there));
    }
}

TEST_CASE("a baseline that is set now counts though the clock went back") {
    for (const StoreKind& kind : store_kinds()) {
        CAPTURE(kind.name);
        const auto place = kind.make();
        const auto store = opened(*place);
        REQUIRE(store->record(run(1, {{"add", 1}})).ok());
        BaselineRow row;
        row.series_id = series_id(*store, kAdd);
        row.policy = "pinned";
        row.center = 1;
        row.created = kStart + kDay;
        REQUIRE(store->add_baselines({row}).ok());
        row.center = 2;
        row.created = kStart;
        REQUIRE(store->add_baselines({row}).ok());
        CHECK(store->baselines(row.series_id)->front().center == 2);
    }
}
