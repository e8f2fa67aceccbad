#include "history/sql/sqlite_connection.hpp"
#include "on_every_store.hpp"

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace {

// Twelve runs a day apart, each with 200 samples.
std::vector<Run> daily_runs() {
    std::vector<Run> runs;
    for (int day = 0; day < 12; ++day) {
        Run made = run(day, {{"add", 1e-6}});
        made.started = kStart + day * kDay;
        made.finished.reset();
        Samples& samples = made.points[0].samples;
        samples.launches.emplace_back();
        for (int i = 0; i < 200; ++i) {
            samples.launches[0].push_back(1e-6 + i * 1.37e-9 / 3);
        }
        runs.push_back(made);
    }
    return runs;
}

Retention ten_days_later() {
    return {.now = kStart + 100 * kDay + 1, .samples_days = 90};
}

std::size_t sketches(Store& store) {
    const std::int64_t id = series_id(store, kAdd);
    std::size_t count = 0;
    const auto points = store.points(id, {});
    REQUIRE(points.ok());
    for (const SeriesPoint& p : *points) {
        const auto samples = store.samples(id, p.run_id);
        REQUIRE(samples.ok());
        REQUIRE(samples->has_value());
        count += (*samples)->sketch ? 1 : 0;
    }
    return count;
}

} // namespace

TEST_CASE("samples that are old become sketches, points and young samples stay") {
    on_every_store([](Store& store) {
        REQUIRE(store.record_all(daily_runs()).ok());
        const auto done = store.compact(ten_days_later());
        REQUIRE(done.ok());
        CHECK(done->samples_before == 12);
        CHECK(done->samples_sketched == 11); // of the days 0 to 10
        CHECK(done->samples_pinned == 0);
        CHECK(sketches(store) == 11);
        CHECK(store.stats()->points == 12);
        CHECK(store.compact(ten_days_later())->samples_sketched == 0);
        // A run that was thinned is still the same run.
        CHECK(*store.record(daily_runs()[0]) == Recorded::known);
    });
}

TEST_CASE("a dry run says the same and changes nothing") {
    on_every_store([](Store& store) {
        REQUIRE(store.record_all(daily_runs()).ok());
        Retention retention = ten_days_later();
        retention.dry_run = true;
        const auto told = store.compact(retention);
        REQUIRE(told.ok());
        CHECK(told->samples_sketched == 11);
        CHECK(told->bytes_after == told->bytes_before);
        CHECK(sketches(store) == 0);
    });
}

TEST_CASE("samples that a baseline rests on stay, and those of a tag") {
    on_every_store([](Store& store) {
        std::vector<Run> runs = daily_runs();
        runs[5].metadata = {{"tag", "v1.0"}};
        runs[6].trigger = "release";
        REQUIRE(store.record_all(runs).ok());
        BaselineRow row;
        row.series_id = series_id(store, kAdd);
        row.policy = "segment";
        row.center = 1;
        row.from_run = uuid(1);
        row.to_run = uuid(3);
        row.evidence = {uuid(1), uuid(2), uuid(3)};
        REQUIRE(store.add_baselines({row}).ok());
        const auto done = store.compact(ten_days_later());
        REQUIRE(done.ok());
        CHECK(done->samples_pinned == 5);
        CHECK(sketches(store) == 6);
    });
}

TEST_CASE("a few samples are smaller than their sketch and stay") {
    on_every_store([](Store& store) {
        Run made = run(1, {{"add", 1}});
        made.points[0].samples.launches = {{1, 1.5, 2}};
        REQUIRE(store.record(made).ok());
        CHECK(store.compact({.now = kStart + 1000 * kDay})->samples_sketched == 0);
    });
}

TEST_CASE("the runs beside an accepted change point keep their samples, and old artifacts go") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    auto store = open_store(file, {.create = true});
    REQUIRE(store.ok());
    REQUIRE((*store)->record_all(daily_runs()).ok());
    const std::int64_t id = series_id(**store, kAdd);
    {
        auto db = sql::open_sqlite(file, {});
        REQUIRE(db.ok());
        const std::string series = std::to_string(id);
        // Runs are numbered 1 to 12. The third and fourth are on either side.
        REQUIRE((*db)
                    ->execute("INSERT INTO change_point (id, series_id, last_good, first_bad, "
                              "direction, size_rel, kind, detector, params_hash, state, updated) "
                              "VALUES ('c', " +
                              series + ", 3, 4, 1, 0.1, 'step', 'd', 'p', 'accepted', 0), ('o', " +
                              series + ", 10, 11, 1, 0.1, 'step', 'd', 'p', 'candidate', 0)")
                    .ok());
        REQUIRE((*db)
                    ->execute("INSERT INTO artifact (run_id, name, media_type, sha256, size, body) "
                              "VALUES (1, 'a', 't', 's', 1, x'00'), (12, 'b', 't', 's', 1, x'00')")
                    .ok());
    }
    Retention retention = ten_days_later();
    retention.dry_run = true;
    CHECK((*store)->compact(retention)->artifacts_removed == 1);
    retention.dry_run = false;
    const auto done = (*store)->compact(retention);
    REQUIRE(done.ok());
    CHECK(done->artifacts_removed == 1);
    CHECK(done->samples_pinned == 3 + 5); // 1 to 3, and 4 to 8
    CHECK(sketches(**store) == 3);        // 9 to 11
}

TEST_CASE("compacting gives room back to the disk") {
    const assay::test::TemporaryFolder folder;
    auto store = open_store(folder.file("history.db"), {.create = true});
    REQUIRE(store.ok());
    std::vector<Run> runs = daily_runs();
    for (Run& made : runs) {
        for (int i = 0; i < 60; ++i) {
            made.points.push_back(made.points[0]);
            made.points.back().series = series("other_" + std::to_string(i));
        }
    }
    REQUIRE((*store)->record_all(runs).ok());
    const auto done = (*store)->compact(ten_days_later());
    REQUIRE(done.ok());
    CHECK(done->bytes_after < done->bytes_before);
}
