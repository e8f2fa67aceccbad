// A database that several projects share, and what broke before it had a figure.
#include "on_every_store.hpp"

#include <doctest/doctest.h>

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace {

Run run_of(int number, const std::string& project, double figure) {
    Run made = run(number, {{"add", figure}});
    made.project = project;
    return made;
}

std::vector<std::string> uuids(const std::vector<RunRow>& rows) {
    std::vector<std::string> all;
    for (const RunRow& row : rows) {
        all.push_back(row.uuid);
    }
    return all;
}

// Two of "router", one of "rag" with a case of its own, one of nobody.
void fill(Store& store) {
    REQUIRE(store.record(run_of(1, "router", 1)).ok());
    Run rag = run_of(2, "rag", 2);
    rag.points.push_back(point("retrieve", 5));
    REQUIRE(store.record(rag).ok());
    REQUIRE(store.record(run_of(3, "", 3)).ok());
    REQUIRE(store.record(run_of(4, "router", 4)).ok());
}

} // namespace

TEST_CASE("projects that share a database are named, and one of them can be looked at alone") {
    on_every_store([](Store& store) {
        fill(store);
        const auto projects = store.projects();
        REQUIRE(projects.ok());
        CHECK(*projects == std::vector<std::string>{"rag", "router"});
        const std::int64_t add = series_id(store, kAdd);
        CHECK(centers(*store.points(add, {})) == std::vector<double>{1, 2, 3, 4});
        REQUIRE(store.look_at("rag").ok());
        CHECK(uuids(*store.runs({})) == std::vector<std::string>{uuid(2)});
        CHECK(store.run("latest")->uuid == uuid(2));
        CHECK(centers(*store.points(add, {.last = 2})) == std::vector<double>{2});
        CHECK(store.lines({add}, {})->front().size() == 1);
        CHECK(store.series({})->size() == 2);
        CHECK(store.run(uuid(1)).ok()); // an id names its run whosever it is
        CHECK_FALSE(store.run(run(1).git.sha).ok());
        REQUIRE(store.look_at("router").ok());
        CHECK(store.series({})->size() == 1);
        CHECK(centers(*store.points(add, {})) == std::vector<double>{1, 4});
        REQUIRE(store.look_at("").ok()); // those that name no project
        CHECK(uuids(*store.runs({})) == std::vector<std::string>{uuid(3)});
        CHECK(centers(*store.points(add, {})) == std::vector<double>{3});
        REQUIRE(store.look_at(std::nullopt).ok());
        CHECK(store.runs({})->size() == 4);
    });
}

TEST_CASE("an unknown project is told with the nearest and those that are there") {
    on_every_store([](Store& store) {
        fill(store);
        const Status looked = store.look_at("roter");
        REQUIRE_FALSE(looked.ok());
        CHECK(looked.error().kind == ErrorKind::missing);
        CHECK(has(looked.error().message, "did you mean 'router'"));
        CHECK(has(looked.error().hint, "rag, router"));
    });
}

TEST_CASE("a baseline of another project's run does not count, one of no run does") {
    on_every_store([](Store& store) {
        fill(store);
        BaselineRow row;
        row.series_id = series_id(store, kAdd);
        row.policy = "pinned";
        row.center = 9;
        row.created = kStart;
        REQUIRE(store.add_baselines({row}).ok());
        row.center = 2;
        row.to_run = uuid(2);
        row.created = kStart + kSecond;
        REQUIRE(store.add_baselines({row}).ok());
        CHECK(store.baselines(row.series_id)->front().center == 2);
        REQUIRE(store.look_at("router").ok());
        REQUIRE(store.baselines(row.series_id)->size() == 1);
        CHECK(store.baselines(row.series_id)->front().center == 9);
        REQUIRE(store.look_at("rag").ok());
        CHECK(store.baselines(row.series_id)->front().center == 2);
    });
}

TEST_CASE("a case that broke before it had a figure is a point where that is asked for") {
    on_every_store([](Store& store) {
        REQUIRE(store.record(run(1, {{"add", 1}})).ok());
        Run broken = run(2);
        broken.failures.push_back({kAdd, measure::CaseStatus::crashed, "signal 11"});
        REQUIRE(store.record(broken).ok());
        REQUIRE(store.record(run(3, {{"add", 3}})).ok());
        Run elsewhere = run(4);
        elsewhere.platform.label = "another";
        elsewhere.failures.push_back({kAdd, measure::CaseStatus::crashed, "signal 11"});
        REQUIRE(store.record(elsewhere).ok());
        const std::int64_t add = series_id(store, kAdd);
        CHECK(store.points(add, {})->size() == 2);
        const auto points = store.points(add, {.failures_too = true});
        REQUIRE(points.ok());
        CHECK(centers(*points) == std::vector<double>{1, -1, 3});
        CHECK(points->at(1).status == measure::CaseStatus::crashed);
        CHECK(points->at(1).run_uuid == uuid(2));
        CHECK(centers(*store.points(add, {.last = 2, .failures_too = true})) ==
              std::vector<double>{-1, 3});
        CHECK(store.points(add, {.branch = "topic", .failures_too = true})->empty());
    });
}

TEST_CASE("a case that failed with a point of its own is one point") {
    on_every_store([](Store& store) {
        REQUIRE(store.record(run(1, {{"add", 1}})).ok());
        Run failed = run(2, {{"add", 1}});
        failed.points[0].figures.reset();
        failed.points[0].status = measure::CaseStatus::failed;
        failed.failures.push_back({kAdd, measure::CaseStatus::failed, "no figure"});
        REQUIRE(store.record(failed).ok());
        CHECK(store.points(series_id(store, kAdd), {.failures_too = true})->size() == 2);
    });
}
