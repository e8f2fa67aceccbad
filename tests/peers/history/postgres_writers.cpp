#include "postgres_writers.hpp"

#include "history/store.hpp"
#include "made_runs.hpp"
#include "postgres_server.hpp"
#include "seconds_since.hpp"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace assay::history::measured {

namespace {

std::unique_ptr<Store> opened(const std::string& url) {
    auto store = open_store(url, {.create = true});
    if (!store) {
        throw std::runtime_error(store.error().message);
    }
    return std::move(*store);
}

// The slowest of its runs in seconds; negative where one was refused.
double write_as_one(const std::string& url, const PostgresWriters& writers, std::int64_t number) {
    const auto store = opened(url);
    MadeRuns runs({.count = 1, .points = writers.points, .writer = number});
    double slowest = 0;
    for (std::size_t i = 0; i < writers.runs; ++i) {
        const Run& run = runs.next().front();
        const auto begin = Clock::now();
        if (!store->record(run)) {
            return -1;
        }
        slowest = std::max(slowest, seconds_since(begin));
    }
    return slowest;
}

void write_at_once(const std::string& url, const PostgresWriters& writers, PostgresWriting& told) {
    opened(url).reset();
    int go[2];
    int answers[2];
    if (::pipe(go) != 0 || ::pipe(answers) != 0) {
        throw std::runtime_error("cannot make a pipe");
    }
    for (std::size_t i = 0; i < writers.processes; ++i) {
        if (::fork() == 0) {
            ::close(go[1]);
            char nothing = 0;
            (void)!::read(go[0], &nothing, 1); // ends when the parent lets all begin
            const double slowest = write_as_one(url, writers, static_cast<std::int64_t>(i));
            (void)!::write(answers[1], &slowest, sizeof slowest);
            ::_exit(0);
        }
    }
    const auto begin = Clock::now();
    ::close(go[0]);
    ::close(go[1]);
    for (std::size_t i = 0; i < writers.processes; ++i) {
        double slowest = 0;
        if (::read(answers[0], &slowest, sizeof slowest) != sizeof slowest || slowest < 0) {
            throw std::runtime_error("a writer failed");
        }
        told.slowest_s = std::max(told.slowest_s, slowest);
    }
    const double elapsed = seconds_since(begin);
    ::close(answers[0]);
    ::close(answers[1]);
    const auto wanted =
        static_cast<std::int64_t>(writers.processes * writers.runs * writers.points);
    told.at_once_per_s = static_cast<double>(wanted) / elapsed;
    told.lost = wanted - opened(url)->stats().value().points;
}

double write_in_batches(const std::string& url, const PostgresWriters& writers) {
    const auto store = opened(url);
    MadeRuns runs({.count = writers.batch, .points = writers.points});
    double spent = 0;
    for (std::size_t i = 0; i < writers.batches; ++i) {
        const std::vector<Run>& next = runs.next();
        const auto begin = Clock::now();
        if (const auto added = store->record_all(next); !added || *added != writers.batch) {
            throw std::runtime_error(added ? "runs are missing" : added.error().message);
        }
        spent += seconds_since(begin);
    }
    return static_cast<double>(writers.batches * writers.batch * writers.points) / spent;
}

} // namespace

std::string why_no_postgres() {
    return test::PostgresServer::why_not();
}

PostgresWriting write_to_postgres(const PostgresWriters& writers) {
    test::PostgresServer server(writers.durable);
    PostgresWriting told;
    write_at_once(server.new_database(), writers, told);
    told.in_batches_per_s = write_in_batches(server.new_database(), writers);
    return told;
}

} // namespace assay::history::measured
