// How fast a history in PostgreSQL takes runs, on a server started for it.
//
//   const PostgresWriting figures = write_to_postgres({.processes = 8, .runs = 100});
//
// Forks: call from a process with one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace assay::history::measured {

struct PostgresWriters {
    std::size_t processes = 8, runs = 100, points = 200;
    std::size_t batches = 20, batch = 50; // of one process alone
    bool durable = true;                  // every commit is on the disk, as a real server has it
};

struct PostgresWriting {
    double at_once_per_s = 0, in_batches_per_s = 0; // points
    double slowest_s = 0;                           // of recording one run among the others
    std::int64_t lost = 0;                          // points that are not there
};

// Empty where a server can be started; else why not.
[[nodiscard]] std::string why_no_postgres();

[[nodiscard]] PostgresWriting write_to_postgres(const PostgresWriters& writers);

} // namespace assay::history::measured
