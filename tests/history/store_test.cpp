// What every store does, whatever keeps it.
#include "on_every_store.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <limits>
#include <string>
#include <vector>

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace {

Run rich_run() {
    Run made = run(1, {{"add", 1.5e-6}});
    made.repo_url = "https://example.org/assay";
    made.trigger = "push";
    made.seed = 7;
    made.argv = {"assay", "run", "a \"quoted\" word"};
    made.git.parent_sha = std::string(40, '1');
    made.git.merge_base = std::string(40, '2');
    made.git.author_time = 5;
    made.git.commit_time = 6;
    made.host_score = 0.25;
    made.calibration = 0.125;
    made.delivery.idempotency_key = "job-1";
    made.delivery.group_uuid = "group";
    made.delivery.shard = 1;
    made.delivery.n_shards = 4;
    made.delivery.fence = 9;
    made.delivery.attempt = 2;
    made.builds = {{.sha256 = std::string(64, 'b'),
                    .plugin_id = "org.example.sums",
                    .version = "1.2.3",
                    .toolchain = {{"compiler", "gcc 12"}}}};
    made.points[0].build_sha256 = std::string(64, 'b');
    made.points[0].flags = point_flag::exact;
    made.points[0].samples.launch_medians = {1.5e-6, 1.6e-6};
    made.points[0].samples.launches = {{1.5e-6, 1.4e-6}, {1.6e-6}};
    Point skipped;
    skipped.series = series("sub");
    skipped.status = measure::CaseStatus::unavailable;
    made.points.push_back(skipped);
    made.failures = {
        {.case_id = "sums/div[n=0]", .status = measure::CaseStatus::crashed, .reason = "SIGFPE"}};
    made.metadata = {{"notes", "first"}};
    return made;
}

} // namespace

TEST_CASE("a run comes back as it was recorded") {
    on_every_store([](Store& store) {
        const Run made = rich_run();
        REQUIRE(store.record(made).ok());
        const auto read = store.run(made.uuid);
        REQUIRE(read.ok());
        CHECK(read->project == made.project);
        CHECK(read->repo_url == made.repo_url);
        CHECK(read->trigger == "push");
        CHECK(read->started == made.started);
        CHECK(read->finished == made.finished);
        CHECK(read->seed == 7);
        CHECK(read->argv == made.argv);
        CHECK(read->git.merge_base == made.git.merge_base);
        CHECK(read->git.dirty == false);
        CHECK(read->git.commit_time == 6);
        CHECK(read->platform.identity == made.platform.identity);
        CHECK(read->environment == made.environment);
        CHECK(read->host_score == 0.25);
        CHECK(read->calibration == 0.125);
        CHECK(read->delivery.idempotency_key == "job-1");
        CHECK(read->delivery.n_shards == 4);
        CHECK(read->delivery.fence == 9);
        CHECK(read->delivery.attempt == 2);
        CHECK(read->metadata == made.metadata);
        REQUIRE(read->builds.size() == 1);
        CHECK(read->builds[0].toolchain == made.builds[0].toolchain);
        REQUIRE(read->failures.size() == 1);
        CHECK(read->failures[0].reason == "SIGFPE");
        CHECK(read->failures[0].status == measure::CaseStatus::crashed);
    });
}

TEST_CASE(
    "points come back with figures, samples and build, and without figures where none passed") {
    on_every_store([](Store& store) {
        const Run made = rich_run();
        REQUIRE(store.record(made).ok());
        const auto read = store.run("latest");
        REQUIRE(read.ok());
        REQUIRE(read->points.size() == 2);
        const Point& first = read->points[0];
        CHECK(series_key(first.series) == [&] {
            Series whole = made.points[0].series;
            whole.platform = made.platform;
            return series_key(whole);
        }());
        CHECK(first.series.params == made.points[0].series.params);
        CHECK(first.series.source_unit == "ns");
        CHECK(first.figures->center == 1.5e-6);
        CHECK(first.figures->hi == made.points[0].figures->hi);
        CHECK_FALSE(first.figures->p99.has_value());
        CHECK(first.figures->n_launches == 6);
        CHECK(first.samples.launches == made.points[0].samples.launches);
        CHECK(first.samples.launch_medians == made.points[0].samples.launch_medians);
        CHECK(first.build_sha256 == std::string(64, 'b'));
        CHECK(first.flags == point_flag::exact);
        CHECK(read->points[1].status == measure::CaseStatus::unavailable);
        CHECK_FALSE(read->points[1].figures.has_value());
    });
}

TEST_CASE("a run of a known uuid or idempotency key is known and changes nothing") {
    on_every_store([](Store& store) {
        const Run made = rich_run();
        CHECK(*store.record(made) == Recorded::added);
        CHECK(*store.record(made) == Recorded::known);
        Run again = run(2, {{"add", 2e-6}});
        again.delivery.idempotency_key = "job-1";
        CHECK(*store.record(again) == Recorded::known);
        const auto stats = store.stats();
        REQUIRE(stats.ok());
        CHECK(stats->runs == 1);
        CHECK(stats->points == 2);
    });
}

TEST_CASE("what is read from one store is the same run to another") {
    on_every_store([](Store& store) {
        REQUIRE(store.record(rich_run()).ok());
        const auto read = store.run("latest");
        REQUIRE(read.ok());
        CHECK(*store.record(*read) == Recorded::known);
    });
}

TEST_CASE("another run under the uuid of one that is there is refused with both hashes") {
    on_every_store([](Store& store) {
        REQUIRE(store.record(run(1, {{"add", 1e-6}})).ok());
        const auto other = store.record(run(1, {{"add", 2e-6}}));
        REQUIRE_FALSE(other.ok());
        CHECK(other.error().kind == ErrorKind::protocol);
        CHECK(other.error().message.find("there ") != std::string::npos);
        CHECK(store.stats()->points == 1);
    });
}

TEST_CASE("a batch counts the runs that are new and is wholly absent after an error") {
    on_every_store([](Store& store) {
        const auto added = store.record_all(
            {run(1, {{"add", 1e-6}}), run(2, {{"add", 1e-6}}), run(1, {{"add", 1e-6}})});
        REQUIRE(added.ok());
        CHECK(*added == 2);
        const Run bad = run(1, {{"mul", 1e-6}}); // the first one had other figures
        CHECK_FALSE(store.record_all({run(3, {{"div", 1e-6}}), bad}).ok());
        CHECK(store.stats()->runs == 2);
        CHECK(store.stats()->series == 1);
        // Numbers of series that were rolled back are not remembered.
        CHECK(store.record(run(5, {{"mul", 1e-6}, {"div", 1e-6}})).ok());
        CHECK(store.stats()->series == 3);
    });
}

TEST_CASE("stats count what is there and name the ends") {
    on_every_store([](Store& store) {
        CHECK(store.stats()->runs == 0);
        CHECK_FALSE(store.stats()->first_run.has_value());
        REQUIRE(store.record(rich_run()).ok());
        REQUIRE(store.record(run(2, {{"add", 1e-6}})).ok());
        const auto stats = store.stats();
        REQUIRE(stats.ok());
        CHECK(stats->runs == 2);
        CHECK(stats->points == 3);
        CHECK(stats->series == 2);
        CHECK(stats->platforms == 1);
        CHECK(stats->failures == 1);
        CHECK(stats->first_run == run(1).started);
        CHECK(stats->last_run == run(2).started);
        CHECK(stats->bytes > 0);
        CHECK(stats->schema == 1);
    });
}

TEST_CASE("a run has a name of eight digits, or of as many as tell it from its neighbours") {
    on_every_store([](Store& store) {
        const std::vector<std::string> uuids{"01920001-0000-7000-8000-000000000001",
                                             "01920001-0000-7000-8000-000000000002",
                                             "01920001-0001-7000-8000-000000000000",
                                             "01920002-0000-7000-8000-000000000000"};
        for (std::size_t i = 0; i < uuids.size(); ++i) {
            Run made = run(static_cast<int>(i));
            made.uuid = uuids[i];
            REQUIRE(store.record(made).ok());
        }
        CHECK(*store.short_name(uuids[0]) == uuids[0]);
        CHECK(*store.short_name(uuids[2]) == "01920001-0001");
        CHECK(*store.short_name(uuids[3]) == "01920002");
        for (const std::string& uuid : uuids) {
            CHECK(store.run(*store.short_name(uuid))->uuid == uuid);
        }
        const auto several = store.run("01920001");
        REQUIRE_FALSE(several.ok());
        CHECK(several.error().kind == ErrorKind::usage);
        CHECK(has(several.error().message, uuids[2] + ", " + uuids[1] + ", " + uuids[0]));
    });
}

TEST_CASE("of many runs that some digits mean a few are named and the others counted") {
    on_every_store([](Store& store) {
        std::vector<Run> runs;
        for (int i = 0; i < 20; ++i) {
            runs.push_back(run(i));
            runs.back().uuid = fmt::format("01920001-0000-7000-8000-{:012x}", i);
        }
        REQUIRE(store.record_all(runs).ok());
        const auto several = store.run("01920001");
        REQUIRE_FALSE(several.ok());
        CHECK(has(several.error().message, "and 14 more"));
    });
}
