// Many writers of one history in PostgreSQL, and a server that goes away while they write.
#include "history/store.hpp"
#include "postgres_runs.hpp"
#include "postgres_server.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace postgres_writers_test {

using namespace assay;
using namespace assay::history;
using namespace assay::test;

namespace {

constexpr int kPoints = 20;

bool no_server() {
    if (PostgresServer::shared() == nullptr) {
        MESSAGE("skipped: " << PostgresServer::why_not());
        return true;
    }
    return false;
}

std::unique_ptr<Store> opened(const std::string& url) {
    auto store = open_store(url, {.create = true});
    REQUIRE_MESSAGE(store.ok(), store.error().message);
    return std::move(*store);
}

int status_of(pid_t child) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Children that are let go at once.
class StartingGun {
public:
    StartingGun() { REQUIRE(::pipe(ends_) == 0); }

    StartingGun(const StartingGun&) = delete;
    StartingGun& operator=(const StartingGun&) = delete;
    ~StartingGun() = default;

    // A process of its own; its exit status is what `work` gives.
    pid_t child(const std::function<int()>& work) {
        const pid_t child = ::fork();
        if (child == 0) {
            char nothing = 0;
            static_cast<void>(::read(ends_[0], &nothing, 1));
            ::_exit(work());
        }
        return child;
    }

    // As many bytes as children: each takes one.
    void fire(std::size_t children) {
        const std::string bytes(children, '!');
        REQUIRE(::write(ends_[1], bytes.data(), bytes.size()) ==
                static_cast<ssize_t>(bytes.size()));
        ::close(ends_[0]);
        ::close(ends_[1]);
    }

private:
    int ends_[2] = {-1, -1};
};

// 0: added, 1: known, 2: an error.
int record_in(const std::string& url, const Run& run) {
    const auto store = open_store(url, {});
    if (!store) {
        return 2;
    }
    const Result<Recorded> recorded = (*store)->record(run);
    return !recorded ? 2 : *recorded == Recorded::added ? 0 : 1;
}

// Every run that is there has all of its points and samples.
void check_whole(Store& store) {
    Status read = store.each_run({}, [](Run&& run) -> Status {
        CHECK(run.points.size() == kPoints);
        for (const Point& point : run.points) {
            CHECK(point.samples.launch_medians.size() == 3);
        }
        return {};
    });
    CHECK(read.ok());
}

} // namespace

TEST_CASE("of two processes that record the same run at once one adds it and the other knows it") {
    if (no_server()) {
        return;
    }
    const std::string url = PostgresServer::shared()->new_database();
    const auto store = opened(url);
    for (int number = 0; number < 10; ++number) {
        StartingGun gun;
        const Run run = postgres_run(number, kNovember, kPoints);
        const pid_t first = gun.child([&] { return record_in(url, run); });
        const pid_t second = gun.child([&] { return record_in(url, run); });
        gun.fire(2);
        CHECK(status_of(first) + status_of(second) == 1);
    }
    CHECK(store->stats()->runs == 10);
    CHECK(store->stats()->points == 10 * kPoints);
    check_whole(*store);
}

TEST_CASE("eight processes that record at once lose nothing and see no error") {
    if (no_server()) {
        return;
    }
    constexpr int kWriters = 8;
    constexpr int kRuns = 25;
    const std::string url = PostgresServer::shared()->new_database();
    const auto store = opened(url);
    StartingGun gun;
    std::vector<pid_t> writers;
    for (int writer = 0; writer < kWriters; ++writer) {
        writers.push_back(gun.child([&url, writer] {
            const auto own = open_store(url, {});
            for (int i = 0; own && i < kRuns; ++i) {
                // Months differ, so that partitions are made by several at once.
                const int number = writer * kRuns + i;
                const Run run = postgres_run(number, kNovember + i * 10 * kDay, kPoints);
                if (const auto recorded = (*own)->record(run); !recorded) {
                    return 1;
                }
            }
            return own ? 0 : 1;
        }));
    }
    gun.fire(writers.size());
    for (const pid_t writer : writers) {
        CHECK(status_of(writer) == 0);
    }
    CHECK(store->stats()->runs == kWriters * kRuns);
    CHECK(store->stats()->points == kWriters * kRuns * kPoints);
    CHECK(store->stats()->series == kPoints);
    const auto series = store->series({});
    REQUIRE(series.ok());
    for (const SeriesRow& row : *series) {
        CHECK(store->points(row.id, {})->size() == kWriters * kRuns);
    }
    check_whole(*store);
}

TEST_CASE("a server that goes away while runs are recorded leaves every run whole or absent") {
    if (no_server()) {
        return;
    }
    PostgresServer& server = *PostgresServer::shared();
    const std::string url = server.new_database();
    static_cast<void>(opened(url));
    int acknowledged[2];
    REQUIRE(::pipe(acknowledged) == 0);
    const pid_t writer = ::fork();
    if (writer == 0) {
        const auto own = open_store(url, {});
        for (int number = 0; own; ++number) {
            const auto recorded = (*own)->record(postgres_run(number, kNovember, kPoints));
            if (!recorded) {
                ::_exit(recorded.error().kind == ErrorKind::io ? 0 : 1);
            }
            static_cast<void>(::write(acknowledged[1], "!", 1));
        }
        ::_exit(1);
    }
    ::close(acknowledged[1]);
    std::string runs(5, ' '); // the server goes away after some are there
    for (char& one : runs) {
        REQUIRE(::read(acknowledged[0], &one, 1) == 1);
    }
    server.stop_at_once();
    CHECK(status_of(writer) == 0);
    std::int64_t told = static_cast<std::int64_t>(runs.size());
    for (char one = 0; ::read(acknowledged[0], &one, 1) == 1;) {
        ++told;
    }
    ::close(acknowledged[0]);
    server.start();
    const auto store = opened(url);
    const std::int64_t there = store->stats()->runs;
    // The last one may have been committed without a chance to say so.
    CHECK(there >= told);
    CHECK(there <= told + 1);
    check_whole(*store);
    // And recording goes on, the run that was in the air included.
    for (int number = 0; number <= told + 1; ++number) {
        CHECK(store->record(postgres_run(number, kNovember, kPoints)).ok());
    }
    CHECK(store->stats()->runs == told + 2);
}

} // namespace postgres_writers_test
