// The memory that the two launches of a pair share: whose turn it is. The one that waits sleeps in
// a futex; nobody spins, for a spinning partner would cost the other CPU.
//
//   PairTurns turns(page, {.seat = 0, .first = 1});
//   for (slice...) { if (!turns.wait(slice)) break;  ...lead-in, slice...;  turns.pass(slice); }
//
// Order of the slices: A B, B A, A B, ... starting with seat `first`. Both sides map the same page.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace assay::measure {

// Which of the two launches of a pair this is.
struct PairSeat {
    std::uint32_t seat = 0;  // 0 or 1: the worker's place, drawn by coin
    std::uint32_t first = 0; // the seat that takes the very first slice, drawn by another
};

// How long one seat has waited for the other one. Its deadline stands still meanwhile.
struct PairWaits {
    std::atomic<std::uint64_t> waited_ns{0}; // in waits that are over
    std::atomic<std::uint64_t> since_ns{0};  // CLOCK_MONOTONIC when the present one began; 0 = none
};

// In a memfd, at its start. Lock-free atomics only: two processes and their host look at it.
struct PairPage {
    std::atomic<std::uint32_t> slot{0};      // the slice that may run now: 2 * slice + place in it
    std::atomic<std::uint32_t> abandoned{0}; // one side is gone: the other gives up
    std::array<PairWaits, 2> waits;          // by seat
};

static_assert(std::atomic<std::uint32_t>::is_always_lock_free);
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

// The slot in which `seat` takes its slice of that number.
[[nodiscard]] constexpr std::uint32_t slot_of(PairSeat seat, std::uint32_t slice) noexcept {
    const std::uint32_t leader = (seat.first + slice) % 2;
    return 2 * slice + (seat.seat == leader ? 0 : 1);
}

class PairTurns {
public:
    PairTurns(PairPage& page, PairSeat seat) noexcept
        : page_(page)
        , seat_(seat) {}

    // Sleeps until it is this seat's turn for that slice; false when the pair was abandoned or
    // `cancel` became non-zero.
    [[nodiscard]] bool wait(std::uint32_t slice, const std::atomic<std::uint32_t>& cancel) noexcept;
    // The slice is done: the next slot may run.
    void pass(std::uint32_t slice) noexcept;
    // Sleeps until both seats have done `slices` slices: what a launch does at its end must not
    // disturb the other one's last slice. False as above.
    [[nodiscard]] bool wait_for_end(std::uint32_t slices,
                                    const std::atomic<std::uint32_t>& cancel) noexcept;

private:
    [[nodiscard]] bool wait_for_slot(std::uint32_t slot,
                                     const std::atomic<std::uint32_t>& cancel) noexcept;

    PairPage& page_;
    PairSeat seat_;
};

// Wakes whoever waits and tells it to give up. Called by the host when a side has ended. Final: no
// pass() after it makes a slot run again.
void abandon(PairPage& page) noexcept;

// How long that seat has waited until now, the wait that is going on included.
[[nodiscard]] std::uint64_t waited_ns(const PairPage& page, std::uint32_t seat) noexcept;

} // namespace assay::measure
