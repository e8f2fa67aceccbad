// Reading lines through time and lists of runs.
#include "on_every_store.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace {

void record(Store& store, const Run& made) {
    const auto recorded = store.record(made);
    REQUIRE(recorded.ok());
}

} // namespace

TEST_CASE("points are in the order of their runs' start where no commit time is known") {
    on_every_store([](Store& store) {
        for (const int number : {3, 1, 2}) {
            record(store, run(number, {{"add", number}}));
        }
        const auto points = store.points(series_id(store, kAdd), {});
        REQUIRE(points.ok());
        CHECK(centers(*points) == std::vector<double>{1, 2, 3});
    });
}

TEST_CASE("points are in the order of commits where their times are known") {
    on_every_store([](Store& store) {
        for (const int number : {1, 2, 3}) {
            Run made = run(number, {{"add", number}});
            made.git.commit_time = kStart - number * kSecond; // measured newest first
            record(store, made);
        }
        const auto points = store.points(series_id(store, kAdd), {.last = 2});
        REQUIRE(points.ok());
        CHECK(centers(*points) == std::vector<double>{2, 1});
        CHECK(points->front().commit_time == kStart - 2 * kSecond);
    });
}

// Recorded one after the other, each with the clock of another machine.
TEST_CASE("points are in the order of the branch where clocks are wrong and parents are known") {
    on_every_store([](Store& store) {
        constexpr std::array kClocks{0, 90, 20, 20, 20, -300, 200};
        for (int number = 1; number <= 6; ++number) {
            Run made = run(number, {{"add", number}});
            made.git.commit_time = kStart + kClocks.at(static_cast<std::size_t>(number)) * kSecond;
            made.git.parent_sha = number > 1 ? run(number - 1).git.sha : "";
            record(store, made);
        }
        const std::int64_t id = series_id(store, kAdd);
        const auto points = store.points(id, {});
        REQUIRE(points.ok());
        CHECK(centers(*points) == std::vector<double>{1, 2, 3, 4, 5, 6});
        CHECK(points->at(4).commit_time == kStart - 300 * kSecond); // told as it was
        CHECK(centers(*store.points(id, {.last = 2})) == std::vector<double>{5, 6});
        const auto lines = store.lines({id}, {.last = 3});
        REQUIRE(lines.ok());
        CHECK(lines->front().front().center == 4);
        CHECK(lines->front().back().center == 6);
    });
}

TEST_CASE("a parent that was measured after its children stands before them") {
    on_every_store([](Store& store) {
        for (const int number : {3, 2, 1}) {
            Run made = run(number, {{"add", number}});
            made.git.commit_time = kStart - number * kSecond; // and the clock ran backwards
            made.git.parent_sha = number > 1 ? run(number - 1).git.sha : "";
            record(store, made);
            // Looked at in between: what was known then is not what is known now.
            REQUIRE(store.points(series_id(store, kAdd), {}).ok());
        }
        const std::int64_t id = series_id(store, kAdd);
        CHECK(centers(*store.points(id, {})) == std::vector<double>{1, 2, 3});
        const auto lines = store.lines({id}, {});
        REQUIRE(lines.ok());
        CHECK(lines->front().front().center == 1);
        CHECK(lines->front().back().center == 3);
    });
}

TEST_CASE("the runs of lines are told in the order of the points, of a branch, since a time") {
    on_every_store([](Store& store) {
        constexpr std::array kClocks{0, 90, 20, -300, 200};
        for (int number = 1; number <= 4; ++number) {
            Run made = run(number, {{"add", number}});
            made.git.commit_time = kStart + kClocks.at(static_cast<std::size_t>(number)) * kSecond;
            made.git.parent_sha = number > 1 ? run(number - 1).git.sha : "";
            made.git.branch = number == 4 ? "topic" : "main";
            made.git.dirty = number == 2;
            record(store, made);
        }
        const auto uuids = [&store](const history::PointQuery& query) {
            std::vector<std::string> all;
            const auto runs = store.line_runs(query);
            REQUIRE(runs.ok());
            for (const history::LineRun& one : *runs) {
                all.push_back(one.uuid);
            }
            return all;
        };
        CHECK(uuids({}) == std::vector{run(1).uuid, run(2).uuid, run(3).uuid, run(4).uuid});
        CHECK(uuids({.branch = "main"}) == std::vector{run(1).uuid, run(2).uuid, run(3).uuid});
        CHECK(uuids({.since = run(3).started}) == std::vector{run(3).uuid, run(4).uuid});
        const auto runs = store.line_runs({});
        CHECK(runs->at(1).dirty == true);
        CHECK(runs->at(2).commit_time == kStart - 300 * kSecond);
        CHECK(runs->at(2).sha == run(3).git.sha);
        CHECK(runs->at(2).run_id == store.points(series_id(store, kAdd), {})->at(2).run_id);
    });
}

TEST_CASE("the newest so many points are given oldest first, of a branch, since a time") {
    on_every_store([](Store& store) {
        for (int number = 1; number <= 9; ++number) {
            Run made = run(number, {{"add", number}});
            made.git.branch = number % 2 == 0 ? "topic" : "main";
            record(store, made);
        }
        const std::int64_t id = series_id(store, kAdd);
        CHECK(centers(*store.points(id, {.last = 3})) == std::vector<double>{7, 8, 9});
        CHECK(centers(*store.points(id, {.branch = "topic", .last = 2})) ==
              std::vector<double>{6, 8});
        CHECK(centers(*store.points(id, {.since = run(8).started})) == std::vector<double>{8, 9});
        CHECK(store.points(id, {.last = 100})->size() == 9);
        CHECK(store.points(id + 1, {})->empty());
    });
}

TEST_CASE("a point says which run it is of, and what did not pass is a point without figures") {
    on_every_store([](Store& store) {
        Run made = run(1, {{"add", 1}});
        made.builds = {
            {.sha256 = "b", .plugin_id = "p", .version = "1", .toolchain = {{"cc", "12"}}}};
        made.points[0].build_sha256 = "b";
        record(store, made);
        Run failed = run(2);
        failed.points.push_back(point("add", 1));
        failed.points[0].figures.reset();
        failed.points[0].status = measure::CaseStatus::wrong_result;
        record(store, failed);
        const auto points = store.points(series_id(store, kAdd), {});
        REQUIRE(points.ok());
        REQUIRE(points->size() == 2);
        CHECK(points->at(0).run_uuid == made.uuid);
        CHECK(points->at(0).sha == made.git.sha);
        CHECK(points->at(0).toolchain == R"({"cc":"12"})");
        CHECK(points->at(0).dirty == false);
        CHECK(points->at(1).status == measure::CaseStatus::wrong_result);
        CHECK_FALSE(points->at(1).figures.has_value());
        CHECK(points->at(1).toolchain == "");
    });
}

TEST_CASE("runs recorded by another process show in a store that was open before") {
    for (const StoreKind& kind : store_kinds()) {
        CAPTURE(kind.name);
        const auto place = kind.make();
        const auto reader = opened(*place);
        const auto writer = opened(*place);
        record(*writer, run(1, {{"add", 1}}));
        const std::int64_t id = series_id(*reader, kAdd);
        CHECK(reader->points(id, {})->size() == 1);
        record(*writer, run(2, {{"add", 2}}));
        CHECK(centers(*reader->points(id, {})) == std::vector<double>{1, 2});
    }
}

TEST_CASE("a list of runs is newest first, narrowed by platform, branch, kind, commit and time") {
    on_every_store([](Store& store) {
        for (int number = 1; number <= 4; ++number) {
            Run made = run(number, {{"add", 1}, {"sub", 1}});
            made.kind = number == 1 ? "nightly" : "ci";
            made.git.branch = number == 2 ? "topic" : "main";
            if (number == 3) {
                made.platform = {
                    .fingerprint = "abcd" + std::string(60, '0'), .label = "other", .identity = {}};
            }
            record(store, made);
        }
        const auto all = store.runs({});
        REQUIRE(all.ok());
        REQUIRE(all->size() == 4);
        CHECK(all->front().uuid == uuid(4));
        CHECK(all->front().points == 2);
        CHECK_FALSE(all->front().excluded);
        CHECK(all->front().dirty == false);
        CHECK(store.runs({.limit = 2})->back().uuid == uuid(3));
        CHECK(store.runs({.platform = "other"})->size() == 1);
        CHECK(store.runs({.platform = "abcd0"})->size() == 1);
        CHECK(store.runs({.platform = "nowhere"})->empty());
        CHECK(store.runs({.branch = "topic"})->front().uuid == uuid(2));
        CHECK(store.runs({.kind = "nightly"})->size() == 1);
        CHECK(store.runs({.sha = run(4).git.sha})->size() == 1);
        CHECK(store.runs({.since = run(3).started})->size() == 2);
        CHECK(store.platforms()->size() == 2);
        CHECK(store.series({.platform = "other"})->size() == 2);
        CHECK(store.series({.metric = "nothing"})->empty());
    });
}

TEST_CASE("a run is found by uuid, by its first digits, by commit and as the latest") {
    on_every_store([](Store& store) {
        record(store, run(1, {{"add", 1}}));
        record(store, run(2, {{"add", 2}}));
        Run again = run(3, {{"add", 3}});
        again.git.sha = run(2).git.sha;
        record(store, again);
        CHECK(store.run(uuid(1))->uuid == uuid(1));
        CHECK(store.run(uuid(1).substr(0, 8))->uuid == uuid(1));
        CHECK(store.run("latest")->uuid == uuid(3));
        CHECK(store.run(run(2).git.sha)->uuid == uuid(3)); // the newest of that commit
        CHECK(store.run(run(1).git.sha)->uuid == uuid(1));
        const auto none = store.run("ffffffffffff");
        REQUIRE_FALSE(none.ok());
        CHECK(none.error().kind == ErrorKind::usage);
        const auto several = store.run(run(1).git.sha.substr(0, 10));
        REQUIRE_FALSE(several.ok());
        CHECK(several.error().message.find("means several") != std::string::npos);
    });
}

TEST_CASE("every run is given whole in the order it was recorded, until somebody says stop") {
    on_every_store([](Store& store) {
        for (const int number : {2, 1, 3}) {
            record(store, run(number, {{"add", number}}));
        }
        std::vector<std::string> seen;
        const auto note = [&](Run&& made) -> Status {
            seen.push_back(made.uuid);
            CHECK(made.points.size() == 1);
            return {};
        };
        REQUIRE(store.each_run({}, note).ok());
        CHECK(seen == std::vector<std::string>{uuid(2), uuid(1), uuid(3)});
        int count = 0;
        const Status stopped = store.each_run({}, [&](Run&&) -> Status {
            return ++count == 2 ? Status(Error{.message = "enough", .hint = {}}) : Status();
        });
        CHECK_FALSE(stopped.ok());
        CHECK(count == 2);
    });
}

TEST_CASE("a metric that changes unit or direction begins another series, and the old one stays") {
    on_every_store([](Store& store) {
        record(store, run(1, {{"add", 1}}));
        Run sizes = run(2, {{"add", 2}});
        sizes.points[0].series.unit = "By";
        record(store, sizes);
        Run turned = run(3, {{"add", 3}});
        turned.points[0].series.direction = measure::Direction::higher;
        record(store, turned);
        const auto rows = store.series({.case_id = kAdd});
        REQUIRE(rows.ok());
        REQUIRE(rows->size() == 3);
        for (const SeriesRow& row : *rows) {
            const auto points = store.points(row.id, {});
            REQUIRE(points.ok());
            REQUIRE(points->size() == 1);
            const double figure = row.series.unit == "By"                              ? 2
                                  : row.series.direction == measure::Direction::higher ? 3
                                                                                       : 1;
            CHECK(points->front().figures->center == figure);
        }
    });
}

TEST_CASE("a clock that went backwards is recorded and flagged in the run's metadata") {
    on_every_store([](Store& store) {
        record(store, run(100, {{"add", 1}}));
        Run late = run(1, {{"add", 2}});
        record(store, late);
        CHECK(store.run(late.uuid)->metadata.contains("clock"));
        Run fine = run(101, {{"add", 2}});
        record(store, fine);
        CHECK_FALSE(store.run(fine.uuid)->metadata.contains("clock"));
        REQUIRE(store.record_all({run(2, {{"add", 3}})}).ok()); // from elsewhere
        CHECK_FALSE(store.run(uuid(2))->metadata.contains("clock"));
    });
}

TEST_CASE("lines have the points of their series in the same order, with their centres") {
    on_every_store([](Store& store) {
        for (int number = 1; number <= 9; ++number) {
            Run made = run(number, {{"add", number}, {"sub", 100 + number}});
            made.git.branch = number % 2 == 0 ? "topic" : "main";
            record(store, made);
        }
        const std::int64_t add = series_id(store, kAdd);
        const std::int64_t sub = series_id(store, "sums/sub[n=64]");
        const auto of = [&](const PointQuery& query) {
            const auto lines = store.lines({sub, add}, query);
            REQUIRE(lines.ok());
            REQUIRE(lines->size() == 2);
            std::vector<double> centers;
            for (const LinePoint& one : lines->at(1)) {
                centers.push_back(one.center.value_or(-1));
            }
            CHECK(lines->at(0).size() == centers.size());
            return centers;
        };
        CHECK(of({.last = 3}) == std::vector<double>{7, 8, 9});
        CHECK(of({.branch = "topic", .last = 2}) == std::vector<double>{6, 8});
        CHECK(of({.since = run(8).started}) == std::vector<double>{8, 9});
        REQUIRE(store.exclude(uuid(9), std::nullopt, true).ok());
        CHECK(of({.last = 2}) == std::vector<double>{7, 8});
        CHECK(of({.last = 2, .excluded_too = true}) == std::vector<double>{8, 9});
        const auto one = store.lines({add}, {.last = 1});
        const auto rows = store.runs({});
        CHECK(one->front().front().run_id == rows->at(1).id);
        CHECK(store.lines({add + 1000}, {})->front().empty());
    });
}

TEST_CASE("lines are in the order of commits, and what did not pass has no centre in them") {
    on_every_store([](Store& store) {
        for (const int number : {1, 2, 3}) {
            Run made = run(number, {{"add", number}});
            made.git.commit_time = kStart - number * kSecond; // measured newest first
            if (number == 2) {
                made.points[0].figures.reset();
                made.points[0].status = measure::CaseStatus::crashed;
            }
            record(store, made);
        }
        const auto line = store.lines({series_id(store, kAdd)}, {.last = 2});
        REQUIRE(line.ok());
        REQUIRE(line->front().size() == 2);
        CHECK_FALSE(line->front()[0].center.has_value());
        CHECK(line->front()[0].status == measure::CaseStatus::crashed);
        CHECK(line->front()[1].center == 1);
    });
}
