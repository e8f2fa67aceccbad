// The measuring half of the admission test: known work on one CPU, alone and beside a thread that
// does the same kind of work on another.
//
//   const CanaryFindings found = run_canary({.cpus = supply.cpus});
//   if (found.test.ruling() == Ruling::admitted) ...   // a second lane may measure
//
// Ends as soon as that is proven either way, or when its time is over. Starts two threads of its
// own and joins them; the caller's affinity stays as it is.
#pragma once

#include "lanes/admission.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace assay::lanes {

// What works beside the canary. The others than `usual` are for figures.
enum class NeighbourKind {
    usual,
    idle_priority, // SCHED_IDLE, as a lane that only prepares could run
    none,          // nobody: what the test finds where there is nothing to find
};

struct CanaryOptions {
    // Where canary and neighbour run; drawn anew for every pair, or the first two when `fixed`.
    // Fewer than two: nobody is pinned.
    std::vector<int> cpus{};
    bool fixed = false;
    double seconds = 1;
    AdmissionRules rules{};
    std::uint64_t seed = 1; // of the order of blocks, and of the CPUs
    NeighbourKind neighbour = NeighbourKind::usual;
    bool whole_time = false; // goes on although the answer is known: for figures
    // Asked between pairs: true = leave it at what there is.
    std::function<bool()> stop{};
};

struct CanaryFindings {
    AdmissionTest test;
    double seconds = 0; // it took
};

[[nodiscard]] CanaryFindings run_canary(const CanaryOptions& options);

} // namespace assay::lanes
