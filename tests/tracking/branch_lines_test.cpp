// Lines of values out of the history: order, pooling, what is left out.
#include "told_histories.hpp"

#include <set>

using namespace assay;
using namespace assay::tracking;
using namespace assay::tracking::test;
using history::test::on_every_store;
using history::test::run;
using history::test::uuid;

namespace {

BranchLines only_lines(history::Store& store, const AnalysisChoice& choice = {}) {
    auto all = read_branch_lines(store, choice);
    REQUIRE_MESSAGE(all.ok(), all.error().message);
    REQUIRE(all->size() == 1);
    return std::move(all->front());
}

} // namespace

TEST_CASE("values stand in the order of commits whatever the order of arrival") {
    on_every_store([](history::Store& store) {
        for (const int number : {3, 1, 4, 2}) {
            history::Run one = run(number, {{"add", number}});
            one.git.commit_time = history::test::kStart - number; // newer numbers, older commits
            REQUIRE(store.record(one).ok());
        }
        const BranchLines lines = only_lines(store);
        REQUIRE(lines.lines.size() == 1);
        CHECK(lines.lines.front().values == std::vector<double>{4, 3, 2, 1});
        CHECK(lines.runs.front().uuid == uuid(4));
    });
}

TEST_CASE("runs of no commit are named by as many digits as tell them apart") {
    on_every_store([](history::Store& store) {
        for (const int number : {1, 2, 3}) {
            history::Run one = run(number, {{"add", number}});
            one.git = {};
            one.uuid = "01a20384-cb9f-700" + std::to_string(number) + "-8000-000000000000";
            REQUIRE(store.record(one).ok());
        }
        const BranchLines lines = only_lines(store);
        std::set<std::string> names;
        for (const BranchRun& one : lines.runs) {
            names.insert(one.uuid.substr(0, lines.name_digits));
        }
        CHECK(names == std::set<std::string>{
                           "01a20384-cb9f-7001", "01a20384-cb9f-7002", "01a20384-cb9f-7003"});
    });
}

TEST_CASE("runs of one commit are one value, their median, where the first of them stands") {
    on_every_store([](history::Store& store) {
        tell(store, "add", {1, 2, 9});
        for (const int number : {11, 12}) {
            history::Run again = run(number, {{"add", number == 11 ? 4 : 3}});
            again.git.sha = run(2).git.sha;
            REQUIRE(store.record(again).ok());
        }
        const BranchLines lines = only_lines(store);
        CHECK(lines.lines.front().values == std::vector<double>{1, 3, 9});
        CHECK(lines.lines.front().points.size() == 5);
        CHECK(lines.runs[lines.lines.front().runs[1]].uuid == uuid(2));
    });
}

TEST_CASE("what failed, was excluded or comes of a dirty tree gives no value") {
    on_every_store([](history::Store& store) {
        tell(store, "add", {1, 2});
        history::Run failed = run(3, {{"add", 5}});
        failed.points.front().status = measure::CaseStatus::crashed;
        failed.points.front().figures.reset();
        history::Run dirty = run(4, {{"add", 6}});
        dirty.git.dirty = true;
        REQUIRE(store.record_all({failed, dirty, run(5, {{"add", 7}})}).ok());
        REQUIRE(store.exclude(uuid(2), std::nullopt, true).ok());
        const BranchLines lines = only_lines(store);
        CHECK(lines.lines.front().values == std::vector<double>{1, 7});
        CHECK(lines.dirty_runs == 1);
        CHECK(lines.runs.size() == 5);
    });
}

TEST_CASE("a run from the future waits until its time has come") {
    on_every_store([](history::Store& store) {
        tell(store, "add", {1, 2, 9});
        history::Run later = run(20, {{"add", 5}});
        later.started = run(3).started + std::int64_t{400} * 24 * 3600 * 1'000'000'000;
        later.finished = later.started;
        REQUIRE(store.record(later).ok());
        CHECK(only_lines(store, {.now = run(3).started}).lines.front().values.size() == 3);
        CHECK(only_lines(store, {.now = later.started}).lines.front().values.size() == 4);
        CHECK(only_lines(store).lines.front().values.size() == 4);
    });
}

TEST_CASE("without a branch it is main, then master, then that of the newest run") {
    on_every_store([](history::Store& store) {
        history::Run topic = run(9, {{"add", 3}});
        topic.git.branch = "topic";
        REQUIRE(store.record(topic).ok());
        CHECK(only_lines(store).branch == "topic");
        history::Run master = run(2, {{"add", 2}});
        master.git.branch = "master";
        REQUIRE(store.record(master).ok());
        CHECK(only_lines(store).branch == "master");
        tell(store, 1, {{"add", 1}});
        CHECK(only_lines(store).branch == "main");
        CHECK(only_lines(store, {.branch = "topic"}).lines.front().values ==
              std::vector<double>{3});
    });
}

TEST_CASE("filters choose cases, and one that matches none names the nearest") {
    on_every_store([](history::Store& store) {
        tell(store, 1, {{"add", 1}, {"sub", 2}, {"mul", 3}});
        CHECK(only_lines(store, {.filters = {"sums/add", "sums/mul"}}).lines.size() == 2);
        CHECK(only_lines(store, {.filters = {"!sums/add"}}).lines.size() == 2);
        CHECK(only_lines(store, {.filters = {"sums", "!sums/add"}}).lines.size() == 2);
        const auto unknown = read_branch_lines(store, {.filters = {"sums/adx[n=64]x"}});
        REQUIRE_FALSE(unknown.ok());
        CHECK(unknown.error().kind == ErrorKind::usage);
        CHECK(unknown.error().message.find("did you mean") != std::string::npos);
        const auto none = read_branch_lines(store, {.filters = {"!sums"}});
        REQUIRE_FALSE(none.ok());
        CHECK(none.error().kind == ErrorKind::missing);
    });
}
