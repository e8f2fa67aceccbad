// Several processes on one file, and processes that die while they write.
#include "child_process.hpp"
#include "histories.hpp"
#include "history/sql/sqlite_connection.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <random>

using namespace assay;
using namespace assay::history;
using namespace assay::history::test;

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPointsPerRun = 20;

Run written_run(int number) {
    Run made = run(number);
    for (int i = 0; i < kPointsPerRun; ++i) {
        made.points.push_back(point("family_" + std::to_string(i), 1e-6 * (number % 1000 + 1)));
        made.points.back().samples.launches = {{1.5e-6, 1.25e-6, 1.75e-6}};
    }
    return made;
}

bool write_runs(const std::string& file, int writer, int count) {
    auto store = open_store(file, {.create = true});
    for (int i = 0; store.ok() && i < count; ++i) {
        if (!(*store)->record(written_run(writer * 1000 + i))) {
            return false;
        }
    }
    return store.ok();
}

// Whatever a reader sees is whole, and nothing goes away again.
bool read_runs(const std::string& file, int times) {
    auto store = open_store(file, {.read_only = true});
    std::int64_t before = 0;
    for (int i = 0; store.ok() && i < times; ++i) {
        const auto stats = (*store)->stats();
        if (!stats || stats->runs < before || stats->points != stats->runs * kPointsPerRun) {
            return false;
        }
        before = stats->runs;
        if (before == 0) {
            continue;
        }
        const auto latest = (*store)->run("latest");
        if (!latest || latest->points.size() != kPointsPerRun) {
            return false;
        }
    }
    return store.ok();
}

std::int64_t asked(const std::string& file, const std::string& query) {
    auto db = sql::open_sqlite(file, {.read_only = true});
    REQUIRE(db.ok());
    const auto answer = (*db)->ask(query);
    REQUIRE(answer.ok());
    return *answer;
}

void check_whole(const std::string& file) {
    CHECK(asked(file, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") ==
          1);
    CHECK(asked(file, "SELECT count(*) FROM pragma_foreign_key_check") == 0);
    CHECK(asked(file,
                "SELECT count(*) FROM run WHERE n_points <> (SELECT count(*) FROM point WHERE "
                "run_id = run.id)") == 0);
    CHECK(asked(file,
                "SELECT count(*) FROM run WHERE n_points <> (SELECT count(*) FROM sample WHERE "
                "run_id = run.id)") == 0);
    CHECK(asked(file, "SELECT count(*) FROM point WHERE run_id NOT IN (SELECT id FROM run)") == 0);
}

// A number for every run it has recorded, through a pipe, until it is killed.
bool write_until_killed(const std::string& file, int first, int acknowledge) {
    auto store = open_store(file, {});
    for (int number = first; store.ok(); ++number) {
        if (!(*store)->record(written_run(number)) ||
            ::write(acknowledge, &number, sizeof number) != sizeof number) {
            return false;
        }
    }
    return false;
}

} // namespace

TEST_CASE("eight processes that make and write one history at once lose nothing, and readers see "
          "whole runs") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    constexpr int kWriters = 8;
    constexpr int kRuns = 25;
    std::vector<ChildProcess> children;
    for (int writer = 0; writer < kWriters; ++writer) {
        children.emplace_back([&, writer] { return write_runs(file, writer + 1, kRuns); });
    }
    REQUIRE(open_store(file, {.create = true}).ok());
    for (int reader = 0; reader < 4; ++reader) {
        children.emplace_back([&] { return read_runs(file, 100); });
    }
    for (ChildProcess& child : children) {
        CHECK(child.succeeded());
    }
    CHECK(asked(file, "SELECT count(*) FROM run") == kWriters * kRuns);
    CHECK(asked(file, "SELECT count(*) FROM series") == kPointsPerRun);
    CHECK(asked(file, "SELECT CAST(round(sum(center) * 1e6) AS INTEGER) FROM point") ==
          kWriters * kPointsPerRun * (kRuns * (kRuns + 1) / 2));
    check_whole(file);
}

TEST_CASE("a writer killed at 200 random moments leaves every recorded run whole") {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    REQUIRE(open_store(file, {.create = true}).ok());
    constexpr unsigned kSeed = 41;
    CAPTURE(kSeed);
    std::mt19937 random(kSeed);
    std::vector<int> acknowledged;
    for (int round = 0; round < 200; ++round) {
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        ChildProcess writer([&] { return write_until_killed(file, (round + 1) * 1000, ends[1]); });
        ::close(ends[1]);
        int number = 0;
        for (auto runs = random() % 3 + 1; runs > 0; --runs) {
            REQUIRE(::read(ends[0], &number, sizeof number) == sizeof number);
            acknowledged.push_back(number);
        }
        // From nothing to about the time that a run takes.
        const auto moment = Clock::now() + std::chrono::microseconds(random() % 2'000);
        while (Clock::now() < moment) {
        }
        writer.kill();
        CHECK_FALSE(writer.succeeded());
        while (::read(ends[0], &number, sizeof number) == sizeof number) {
            acknowledged.push_back(number);
        }
        ::close(ends[0]);
    }
    auto store = open_store(file);
    REQUIRE(store.ok());
    int missing = 0;
    for (const int number : acknowledged) {
        const auto there = (*store)->run(uuid(number));
        missing += there && there->points.size() == kPointsPerRun ? 0 : 1;
    }
    CHECK(missing == 0);
    // At most the one run of each round that was being acknowledged is there beside them.
    const std::int64_t runs = (*store)->stats()->runs;
    CHECK(runs >= static_cast<std::int64_t>(acknowledged.size()));
    CHECK(runs <= static_cast<std::int64_t>(acknowledged.size()) + 200);
    CHECK((*store)->record(written_run(1)).ok());
    check_whole(file);
}
