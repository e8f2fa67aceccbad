// A pair: one fresh launch of each of two builds on the same CPU, taking their slices in turns.
// The statistical unit of every comparison.
//
//   PairOutcome outcome = run_pair(supervisor, {.sides = {old_side, new_side}, .first = 1}, turns,
//   deadline);
//
// Seat 0 opens, verifies and warms up, then seat 1 does, then both take their slices in turns: two
// that warm up at once on one CPU would only measure each other. Each side is driven by a thread of
// its own, which keeps off that CPU; whichever way one of them ends, the other one is ended too and
// nothing hangs. Callable from several threads at once.
#pragma once

#include "workers/worker.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace assay::workers {

// One side: how its worker is started and what it is asked. The request's `pair` is filled in by
// run_pair; its `iterations` must be the same on both sides.
struct PairSide {
    WorkerOptions worker;
    measure::LaunchRequest request;
};

struct PairRequest {
    std::array<PairSide, 2> sides; // by seat: sides[0] becomes worker 0 and is started first
    std::uint32_t first = 0;       // the seat that takes the first slice
};

struct PairOutcome {
    std::array<LaunchOutcome, 2> sides; // by seat; a side whose partner broke is `cancelled`
    std::array<std::optional<Hello>, 2> hellos; // by seat: pid and what of isolation was achieved
    double seconds = 0;            // wall time from the first spawn to the last reaping
    std::uint64_t steal_ticks = 0; // of /proc/stat over the pair, of all CPUs (USER_HZ)
    bool cpu_is_known = false;     // whether steal_ticks could be read
};

// `turns` is asked once for both, when both are ready, and given back when the last slice is done,
// by the calling thread; its on_log and on_phase are called by the sides' threads, one at a time.
// `deadline` holds for each side; the time in which it waits for the other one does not count.
PairOutcome run_pair(Supervisor& supervisor,
                     const PairRequest& request,
                     LaunchTurns& turns,
                     const Deadline& deadline);

} // namespace assay::workers
