// Several processes that record at once, and one that records in batches.
//
//   const WritersResult eight = write_at_once({.processes = 8, .runs = 100, .points = 200});
//
// Forks: call from a process with one thread.
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay::history::measured {

struct Writers {
    std::size_t processes = 8, runs = 100, points = 200;
    bool deferred = false; // as the peer begins its transactions
};

struct WritersResult {
    double points_per_s = 0;
    double slowest_s = 0;  // of recording one run
    std::int64_t busy = 0; // attempts that ended because another process wrote
    std::int64_t lost = 0; // points that are not there although they were recorded
};

[[nodiscard]] WritersResult write_at_once(const Writers& writers);

struct BatchResult {
    double points_per_s = 0;
    double points_per_cpu_s = 0; // what a machine would give that does nothing else
};

// One process, `batch` runs a transaction.
[[nodiscard]] BatchResult
write_in_batches(std::size_t batches, std::size_t batch, std::size_t points);

} // namespace assay::history::measured
