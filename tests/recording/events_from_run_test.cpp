#include "history/events_from_run.hpp"
#include "history/run_from_events.hpp"
#include "runs.hpp"
#include "temporary_folder.hpp"

using namespace assay;
using namespace assay::history;
using assay::test::TemporaryFolder;

namespace {

void check_same(const Figures& one, const Figures& other) {
    CHECK(one.center == other.center);
    CHECK(one.lo == other.lo);
    CHECK(one.hi == other.hi);
    CHECK(one.spread == other.spread);
    CHECK(one.min == other.min);
    CHECK(one.max == other.max);
    CHECK(one.p95 == other.p95);
    CHECK(one.p99 == other.p99);
    CHECK(one.n == other.n);
    CHECK(one.n_launches == other.n_launches);
}

void check_same(const Point& one, const Point& other) {
    CHECK(series_key(one.series) == series_key(other.series));
    CHECK(one.series.family == other.series.family);
    CHECK(one.series.params == other.series.params);
    CHECK(one.series.source_unit == other.series.source_unit);
    CHECK(one.series.flags == other.series.flags);
    CHECK(one.status == other.status);
    CHECK(one.flags == other.flags);
    CHECK(one.build_sha256 == other.build_sha256);
    CHECK(one.samples.launch_medians == other.samples.launch_medians);
    CHECK(one.samples.launches == other.samples.launches);
    REQUIRE(one.figures.has_value() == other.figures.has_value());
    if (one.figures) {
        check_same(*one.figures, *other.figures);
    }
}

void check_same(const Run& one, const Run& other) {
    CHECK(one.uuid == other.uuid);
    CHECK(one.project == other.project);
    CHECK(one.repo_url == other.repo_url);
    CHECK(one.started == other.started);
    CHECK(one.finished == other.finished);
    CHECK(one.kind == other.kind);
    CHECK(one.trigger == other.trigger);
    CHECK(one.mode == other.mode);
    CHECK(one.seed == other.seed);
    CHECK(one.argv == other.argv);
    CHECK(one.git.sha == other.git.sha);
    CHECK(one.git.merge_base == other.git.merge_base);
    CHECK(one.git.dirty == other.git.dirty);
    CHECK(one.git.commit_time == other.git.commit_time);
    CHECK(one.platform.fingerprint == other.platform.fingerprint);
    CHECK(one.platform.identity == other.platform.identity);
    CHECK(one.environment == other.environment);
    CHECK(one.host_version == other.host_version);
    CHECK(one.host_score == other.host_score);
    CHECK(one.calibration == other.calibration);
    CHECK(one.isolation == other.isolation);
    CHECK(one.status == other.status);
    CHECK(one.metadata == other.metadata);
    REQUIRE(one.builds.size() == other.builds.size());
    for (std::size_t i = 0; i < one.builds.size(); ++i) {
        CHECK(one.builds[i].sha256 == other.builds[i].sha256);
        CHECK(one.builds[i].toolchain == other.builds[i].toolchain);
    }
    REQUIRE(one.failures.size() == other.failures.size());
    for (std::size_t i = 0; i < one.failures.size(); ++i) {
        CHECK(one.failures[i].case_id == other.failures[i].case_id);
        CHECK(one.failures[i].status == other.failures[i].status);
        CHECK(one.failures[i].reason == other.failures[i].reason);
    }
    REQUIRE(one.points.size() == other.points.size());
    for (std::size_t i = 0; i < one.points.size(); ++i) {
        check_same(one.points[i], other.points[i]);
    }
}

Run through_a_bundle(const Run& run) {
    const TemporaryFolder folder;
    const auto sealed = write_bundle(run, folder.path());
    REQUIRE_MESSAGE(sealed.ok(), (sealed.ok() ? std::string{} : sealed.error().message));
    CHECK(sealed->header.source == "history");
    Result<Run> read = read_run(sealed->file);
    REQUIRE_MESSAGE(read.ok(), (read.ok() ? std::string{} : read.error().message));
    return std::move(*read);
}

} // namespace

TEST_CASE("a run that is written out as a bundle is read back the same") {
    const Run run = testing::full_run(1);
    check_same(through_a_bundle(run), run);
}

TEST_CASE("a run that says next to nothing is read back the same") {
    Run run;
    run.uuid = testing::uuid_of(2);
    run.started = testing::kNoon;
    run.points.push_back(testing::time_point("sum", 3, run.platform));
    run.points.front().figures = Figures{.center = 3};
    run.points.front().samples = {};
    check_same(through_a_bundle(run), run);
}

TEST_CASE("what a store has decided about a point goes with it") {
    Run run = testing::full_run(3);
    run.points[0].flags = point_flag::excluded | point_flag::imported;
    run.points[0].series.source_unit = "ms";
    run.points[1].status = measure::CaseStatus::failed; // not finite, in a case that passed
    run.failures = {
        {run.points[1].series.case_id, measure::CaseStatus::failed, "metric 'x': no number"}};
    check_same(through_a_bundle(run), run);
}

TEST_CASE("a shard's delivery goes with its bundle") {
    Run run = testing::full_run(4);
    run.delivery = {.idempotency_key = "group/2",
                    .group_uuid = testing::uuid_of(9),
                    .shard = 2,
                    .n_shards = 4,
                    .fence = 17,
                    .attempt = 3};
    const Run read = through_a_bundle(run);
    CHECK(read.delivery.idempotency_key == "group/2");
    CHECK(read.delivery.shard == 2);
    CHECK(read.delivery.fence == 17);
    CHECK(read.delivery.attempt == 3);
}

TEST_CASE("every event of a run from a store fits the schema of a bundle") {
    int events = 0;
    const Status given = each_event(testing::full_run(5), [&](const json::value& event) {
        testing::check_against("bundle.json", event);
        ++events;
        return Status{};
    });
    CHECK(given.ok());
    CHECK(events == 4); // begin, two cases, end
}
