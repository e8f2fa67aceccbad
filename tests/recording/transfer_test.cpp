#include "history/events_from_run.hpp"
#include "history/run_from_events.hpp"
#include "history/transfer.hpp"
#include "history/transfer_place.hpp"
#include "runs.hpp"
#include "temporary_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <numeric>
#include <random>

using namespace assay;
using namespace assay::history;
using assay::test::TemporaryFolder;
using testing::full_run;
using testing::uuid_of;

namespace {

std::unique_ptr<Store> store_at(const TemporaryFolder& folder, const std::string& name) {
    auto store = open_store(folder.file(name), {.create = true});
    REQUIRE_MESSAGE(store.ok(), (store.ok() ? std::string{} : store.error().message));
    return std::move(*store);
}

Transfer moved(Result<Transfer> transfer) {
    REQUIRE_MESSAGE(transfer.ok(), (transfer.ok() ? std::string{} : transfer.error().message));
    return std::move(*transfer);
}

std::vector<std::string> uuids_in(Store& store) {
    const auto rows = store.runs({});
    REQUIRE(rows.ok());
    std::vector<std::string> uuids;
    for (const RunRow& row : *rows) {
        uuids.push_back(row.uuid);
    }
    std::ranges::sort(uuids);
    return uuids;
}

// What a store says of all its runs, in an order of its own: equal stores, equal texts.
std::string contents(Store& store) {
    std::vector<std::string> runs;
    const Status each = store.each_run({}, [&](Run&& run) {
        std::vector<std::string> lines;
        const Status given = each_event(run, [&](const json::value& event) {
            json::object whole = event.as_object();
            whole.erase("sequence");
            lines.push_back(canonical_json(whole));
            return Status{};
        });
        std::ranges::sort(lines);
        runs.push_back(std::accumulate(lines.begin(), lines.end(), std::string{}));
        return given;
    });
    REQUIRE_MESSAGE(each.ok(), (each.ok() ? std::string{} : each.error().message));
    std::ranges::sort(runs);
    return std::accumulate(runs.begin(), runs.end(), std::string{});
}

} // namespace

TEST_CASE("a folder of bundles is the union of its runs, whatever the order and repetition") {
    const TemporaryFolder folder;
    constexpr int kRuns = 6;
    for (int i = 0; i < kRuns; ++i) {
        REQUIRE(write_bundle(full_run(i), folder.path() / "all").ok());
    }
    const auto reference = store_at(folder, "reference.db");
    CHECK(moved(pull(folder.file("all"), *reference)).added == kRuns);
    const std::string expected = contents(*reference);
    for (unsigned seed = 1; seed <= 8; ++seed) {
        std::mt19937 random(seed);
        std::vector<int> deliveries;
        for (int i = 0; i < kRuns; ++i) {
            deliveries.insert(deliveries.end(), 1 + random() % 3, i);
        }
        std::shuffle(deliveries.begin(), deliveries.end(), random);
        const auto store = store_at(folder, "store" + std::to_string(seed) + ".db");
        std::size_t added = 0;
        for (const int i : deliveries) {
            const Transfer transfer =
                moved(pull(folder.file("all/" + bundle_name(uuid_of(i))), *store));
            CHECK(transfer.broken.empty());
            CHECK(transfer.added + transfer.known == 1);
            added += transfer.added;
        }
        CHECK_MESSAGE(added == kRuns, "seed " << seed);
        CHECK_MESSAGE(contents(*store) == expected, "seed " << seed);
    }
}

TEST_CASE("what goes out as bundles and comes in again is the same history") {
    const TemporaryFolder folder;
    const auto first = store_at(folder, "first.db");
    for (int i = 0; i < 3; ++i) {
        REQUIRE(first->record(full_run(i)).ok());
    }
    const Transfer out = moved(push(*first, folder.file("exchange/"), {}));
    CHECK(out.added == 3);
    CHECK(out.added_runs.size() == 3);
    CHECK(moved(push(*first, folder.file("exchange"), {})).known == 3);
    const auto second = store_at(folder, "second.db");
    CHECK(moved(pull(folder.file("exchange"), *second)).added == 3);
    CHECK(contents(*second) == contents(*first));
}

TEST_CASE("two stores become one another's union") {
    const TemporaryFolder folder;
    const auto one = store_at(folder, "one.db"), other = store_at(folder, "other.db");
    for (int i = 0; i < 4; ++i) {
        REQUIRE(one->record(full_run(i)).ok());
        REQUIRE(other->record(full_run(i + 2)).ok());
    }
    const Transfer to_other = moved(push(*one, folder.file("other.db"), {}));
    CHECK(to_other.added == 2);
    CHECK(to_other.known == 2);
    CHECK(to_other.broken.empty());
    CHECK(moved(pull(folder.file("other.db"), *one)).added == 2);
    CHECK(uuids_in(*one).size() == 6);
    CHECK(contents(*one) == contents(*other));
    const Transfer fresh = moved(push(*one, folder.file("third.sqlite"), {}));
    CHECK(fresh.added == 6);
}

TEST_CASE("only the runs that are asked for are pushed") {
    const TemporaryFolder folder;
    const auto store = store_at(folder, "store.db");
    for (int i = 0; i < 4; ++i) {
        REQUIRE(store->record(full_run(i)).ok());
    }
    const Transfer last = moved(push(*store, folder.file("last"), {.runs = {.limit = 1}}));
    CHECK(last.added_runs == std::vector<std::string>{uuid_of(3)});
}

TEST_CASE("the bundle that was written while measuring is given on byte by byte") {
    const TemporaryFolder folder;
    const auto store = store_at(folder, "store.db");
    REQUIRE(store->record(full_run(1)).ok());
    REQUIRE(store->record(full_run(2)).ok());
    REQUIRE(write_bundle(full_run(1), folder.path() / "runs").ok());
    const std::string name = bundle_name(uuid_of(1));
    folder.write("runs/" + bundle_name(uuid_of(2)), "spoilt since");
    const Transfer out =
        moved(push(*store, folder.file("out"), {.runs = {}, .bundles = folder.path() / "runs"}));
    CHECK(out.added == 2);
    CHECK(folder.read("out/" + name) == folder.read("runs/" + name));
    CHECK(read_run(folder.path() / "out" / bundle_name(uuid_of(2))).ok());
}

TEST_CASE("a broken bundle among good ones is told, and the others are taken") {
    const TemporaryFolder folder;
    for (int i = 0; i < 3; ++i) {
        REQUIRE(write_bundle(full_run(i), folder.path() / "in").ok());
    }
    const std::string name = "in/" + bundle_name(uuid_of(1));
    folder.write(name, folder.read(name).substr(0, 900));
    folder.write("in/x.ndjson.12.part", "somebody is still at it");
    folder.write("in/README.md", "no bundle");
    const auto store = store_at(folder, "store.db");
    const Transfer transfer = moved(pull(folder.file("in"), *store));
    CHECK(transfer.added == 2);
    REQUIRE(transfer.broken.size() == 1);
    CHECK(transfer.broken[0].name == folder.file(name));
    CHECK(transfer.broken[0].error.kind == ErrorKind::plugin);
    CHECK(transfer.unfinished == std::vector<std::string>{folder.file("in/x.ndjson.12.part")});
    CHECK(uuids_in(*store) == std::vector<std::string>{uuid_of(0), uuid_of(2)});
}

TEST_CASE("two runs of one uuid are refused with what tells them apart, and the first one stays") {
    const TemporaryFolder folder;
    const auto store = store_at(folder, "store.db");
    REQUIRE(store->record(full_run(1)).ok());
    const std::string before = contents(*store);
    Run other = full_run(1);
    other.points[0].figures->center *= 1.5;
    REQUIRE(write_bundle(other, folder.path() / "in").ok());
    const Transfer transfer = moved(pull(folder.file("in"), *store));
    CHECK(transfer.known == 0);
    REQUIRE(transfer.broken.size() == 1);
    CHECK(transfer.broken[0].error.kind == ErrorKind::protocol);
    CHECK(transfer.broken[0].error.message.find(uuid_of(1)) != std::string::npos);
    CHECK(transfer.broken[0].error.message.find("other figures: there ") != std::string::npos);
    CHECK(contents(*store) == before);
}

TEST_CASE("a run whose points were excluded meanwhile is still the same run") {
    const TemporaryFolder folder;
    const auto store = store_at(folder, "store.db");
    REQUIRE(store->record(full_run(1)).ok());
    REQUIRE(write_bundle(full_run(1), folder.path() / "in").ok());
    REQUIRE(store->exclude(uuid_of(1), std::nullopt, true).ok());
    const Transfer transfer = moved(pull(folder.file("in"), *store));
    CHECK(transfer.known == 1);
    CHECK(transfer.broken.empty());
}

TEST_CASE("a run that the store cannot take is told, and the others are taken") {
    const TemporaryFolder folder;
    Run long_name = full_run(1);
    long_name.points[0].series.metric = std::string(1'000'000, 'n');
    REQUIRE(write_bundle(long_name, folder.path() / "in").ok());
    REQUIRE(write_bundle(full_run(2), folder.path() / "in").ok());
    const auto store = store_at(folder, "store.db");
    const Transfer transfer = moved(pull(folder.file("in"), *store));
    CHECK(transfer.added == 1);
    REQUIRE(transfer.broken.size() == 1);
    CHECK(transfer.broken[0].error.kind == ErrorKind::config);
}

TEST_CASE("a place is told by what is there, else by its name") {
    const TemporaryFolder folder;
    folder.folder("bundles.db"); // a folder, whatever its name
    folder.write("empty.db", "");
    folder.write("text.txt", "hello");
    folder.write("results", "{\"schema\":");
    const auto store = store_at(folder, "history");
    CHECK(place_to_read(folder.file("bundles.db"))->kind == PlaceKind::folder);
    CHECK(place_to_read(folder.file("empty.db"))->kind == PlaceKind::store);
    CHECK(place_to_read(folder.file("history"))->kind == PlaceKind::store);
    CHECK(place_to_read(folder.file("results"))->kind == PlaceKind::bundle);
    CHECK(place_to_read("postgresql://host/x")->kind == PlaceKind::store);
    CHECK(place_to_read(folder.file("text.txt")).error().kind == ErrorKind::config);
    CHECK(place_to_read(folder.file("absent")).error().kind == ErrorKind::missing);
    CHECK(place_to_write(folder.file("new/"))->kind == PlaceKind::folder);
    CHECK(place_to_write(folder.file("new"))->kind == PlaceKind::folder);
    CHECK(place_to_write(folder.file("new.sqlite3"))->kind == PlaceKind::store);
    CHECK(place_to_write("postgres://host/x")->kind == PlaceKind::store);
    CHECK(place_to_write(folder.file("history"))->kind == PlaceKind::store);
    CHECK(place_to_write(folder.file("one.ndjson")).error().kind == ErrorKind::usage);
    CHECK(place_to_write(folder.file("new.txt")).error().kind == ErrorKind::config);
    CHECK(place_to_write("").error().kind == ErrorKind::usage);
}

TEST_CASE("nothing is made where there is nothing to pull") {
    const TemporaryFolder folder;
    const auto store = store_at(folder, "store.db");
    const auto before = folder.entries();
    const auto absent = pull(folder.file("absent.db"), *store);
    REQUIRE_FALSE(absent.ok());
    CHECK(absent.error().kind == ErrorKind::missing);
    CHECK(folder.entries() == before);
}
