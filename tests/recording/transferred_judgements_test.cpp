// What was said about runs goes with them: through folders of bundles and from store to store.
#include "history/events_from_run.hpp"
#include "history/transfer.hpp"
#include "runs.hpp"
#include "temporary_folder.hpp"

#include <filesystem>
#include <memory>

using namespace assay;
using namespace assay::history;
using assay::test::TemporaryFolder;
using testing::full_run;
using testing::uuid_of;

namespace {

std::unique_ptr<Store> opened_at(const TemporaryFolder& folder, const std::string& name) {
    auto store = open_store(folder.file(name), {.create = true});
    REQUIRE_MESSAGE(store.ok(), store.error().message);
    return std::move(*store);
}

// A store of two runs, the second excluded, and a baseline on the first.
std::unique_ptr<Store> told_store(const TemporaryFolder& folder) {
    auto store = opened_at(folder, "told.db");
    REQUIRE(store->record_all({full_run(1), full_run(2)}).ok());
    REQUIRE(store->exclude(uuid_of(2), std::nullopt, true).ok());
    BaselineRow row;
    row.series_id = store->series({})->front().id;
    row.policy = "pinned";
    row.center = 1;
    row.to_run = uuid_of(1);
    row.who = "a person";
    REQUIRE(store->add_baselines({row}).ok());
    return store;
}

void check_arrived(Store& store) {
    const auto runs = store.runs({});
    REQUIRE(runs.ok());
    REQUIRE(runs->size() == 2);
    for (const RunRow& row : *runs) {
        CHECK(row.excluded == (row.uuid == uuid_of(2)));
    }
    const auto baselines = store.baselines(std::nullopt);
    REQUIRE(baselines->size() == 1);
    CHECK(baselines->front().center == 1);
    CHECK(baselines->front().to_run == uuid_of(1));
}

} // namespace

TEST_CASE("exclusions and baselines go through a folder though the bundles were there before") {
    const TemporaryFolder folder;
    const auto from = told_store(folder);
    const std::string exchange = folder.file("exchange/");
    // As they were when they were measured: nobody had excluded anything.
    REQUIRE(write_bundle(full_run(1), exchange).ok());
    REQUIRE(write_bundle(full_run(2), exchange).ok());
    const auto given = push(*from, exchange, {});
    REQUIRE_MESSAGE(given.ok(), given.error().message);
    CHECK(given->known == 2);
    CHECK(given->judgements.exclusions > 0);
    CHECK(given->judgements.baselines == 1);
    const auto into = opened_at(folder, "into.db");
    for (int time = 0; time < 2; ++time) {
        const auto taken = pull(exchange, *into);
        REQUIRE_MESSAGE(taken.ok(), taken.error().message);
        CHECK(taken->judgements.baselines == (time == 0 ? 1 : 0));
        CHECK(taken->judgements.left_out == 0);
        check_arrived(*into);
    }
    const auto again = push(*into, exchange, {});
    CHECK(again->judgements.added() == 0);
}

TEST_CASE("exclusions and baselines go from store to store though the runs were there before") {
    const TemporaryFolder folder;
    const auto from = told_store(folder);
    const auto into = opened_at(folder, "into.db");
    REQUIRE(into->record_all({full_run(1), full_run(2)}).ok());
    const auto taken = pull(folder.file("told.db"), *into);
    REQUIRE_MESSAGE(taken.ok(), taken.error().message);
    CHECK(taken->known == 2);
    CHECK(taken->judgements.exclusions > 0);
    check_arrived(*into);
    const auto given = push(*from, folder.file("pushed.db"), {});
    REQUIRE(given.ok());
    check_arrived(*opened_at(folder, "pushed.db"));
}

TEST_CASE("a damaged file of judgements is told and everything beside it is taken") {
    const TemporaryFolder folder;
    const auto from = told_store(folder);
    REQUIRE(push(*from, folder.file("exchange/"), {}).ok());
    for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "exchange")) {
        if (entry.path().extension() == ".jsonl") {
            std::filesystem::resize_file(entry.path(), 10);
        }
    }
    const auto into = opened_at(folder, "into.db");
    const auto taken = pull(folder.file("exchange/"), *into);
    REQUIRE(taken.ok());
    CHECK(taken->added == 2);
    REQUIRE(taken->broken.size() == 1);
    CHECK(taken->broken[0].name.find("judgements-") != std::string::npos);
}

TEST_CASE("only what speaks of the runs that are pushed goes with them") {
    const TemporaryFolder folder;
    const auto from = told_store(folder);
    const auto given = push(*from, folder.file("newest/"), {.runs = {.limit = 1}});
    REQUIRE(given.ok());
    CHECK(given->judgements.exclusions > 0); // of the second run
    CHECK(given->judgements.baselines == 0); // of the first
}
