#include "writers.hpp"

#include "deferred.hpp"
#include "history/sql_store.hpp"
#include "made_runs.hpp"
#include "seconds_since.hpp"
#include "temporary_folder.hpp"

#include <algorithm>
#include <ctime>
#include <memory>
#include <sched.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace assay::history::measured {

namespace {

struct Told { // by a writer, through its pipe
    double slowest_s = 0;
    std::int64_t busy = 0, failed = 0;
};

std::unique_ptr<SqlStore> opened(const std::string& file, bool deferred) {
    auto db = sql::open_sqlite(file, {.create = true});
    if (!db) {
        throw std::runtime_error(db.error().message);
    }
    if (deferred) {
        return std::make_unique<SqlStore>(std::make_unique<Deferred>(std::move(*db)));
    }
    return std::make_unique<SqlStore>(std::move(*db));
}

Told write_as_one(const std::string& file, const Writers& writers, std::int64_t number) {
    Told told;
    const auto store = opened(file, writers.deferred);
    MadeRuns runs({.count = 1, .points = writers.points, .writer = number});
    for (std::size_t i = 0; i < writers.runs; ++i) {
        const Run& run = runs.next().front();
        const auto begin = Clock::now();
        Result<Recorded> recorded = store->record(run);
        // The peer's users have to try again themselves.
        while (!recorded && recorded.error().message.find("locked") != std::string::npos) {
            ++told.busy;
            ::sched_yield();
            recorded = store->record(run);
        }
        told.failed += recorded ? 0 : 1;
        told.slowest_s = std::max(told.slowest_s, seconds_since(begin));
    }
    return told;
}

struct Pipe {
    int ends[2] = {-1, -1};

    Pipe() {
        if (::pipe(ends) != 0) {
            throw std::runtime_error("cannot make a pipe");
        }
    }
};

} // namespace

WritersResult write_at_once(const Writers& writers) {
    const assay::test::TemporaryFolder folder;
    const std::string file = folder.file("history.db");
    opened(file, false).reset();
    const Pipe go;
    const Pipe answers;
    for (std::size_t i = 0; i < writers.processes; ++i) {
        if (::fork() == 0) {
            ::close(go.ends[1]);
            char nothing = 0;
            (void)!::read(go.ends[0], &nothing, 1); // ends when the parent lets all begin
            const Told told = write_as_one(file, writers, static_cast<std::int64_t>(i));
            (void)!::write(answers.ends[1], &told, sizeof told);
            ::_exit(0);
        }
    }
    const auto begin = Clock::now();
    ::close(go.ends[0]);
    ::close(go.ends[1]);
    WritersResult result;
    for (std::size_t i = 0; i < writers.processes; ++i) {
        Told told;
        if (::read(answers.ends[0], &told, sizeof told) != static_cast<ssize_t>(sizeof told)) {
            throw std::runtime_error("a writer said nothing");
        }
        result.busy += told.busy;
        result.slowest_s = std::max(result.slowest_s, told.slowest_s);
    }
    const double elapsed = seconds_since(begin);
    while (::wait(nullptr) > 0) {
    }
    const auto wanted =
        static_cast<std::int64_t>(writers.processes * writers.runs * writers.points);
    const auto count = opened(file, false)->stats();
    result.lost = wanted - (count ? count->points : 0);
    result.points_per_s = static_cast<double>(wanted) / elapsed;
    ::close(answers.ends[0]);
    ::close(answers.ends[1]);
    return result;
}

BatchResult write_in_batches(std::size_t batches, std::size_t batch, std::size_t points) {
    const assay::test::TemporaryFolder folder;
    const auto store = opened(folder.file("history.db"), false);
    MadeRuns runs({.count = batch, .points = points});
    double spent = 0;
    double cpu = 0;
    for (std::size_t i = 0; i < batches; ++i) {
        const std::vector<Run>& next = runs.next();
        const auto begin = Clock::now();
        const std::clock_t cpu_begin = std::clock();
        if (const auto added = store->record_all(next); !added || *added != batch) {
            throw std::runtime_error(added ? "runs are missing" : added.error().message);
        }
        spent += seconds_since(begin);
        cpu += static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
    }
    const auto all = static_cast<double>(batches * batch * points);
    return {.points_per_s = all / spent, .points_per_cpu_s = all / cpu};
}

} // namespace assay::history::measured
