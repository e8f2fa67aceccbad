// Where the two sides of a pair and the one who asked for it meet in the host: who may begin, who
// is ready, when the turn is held, and who has broken off.
//
// may_begin, ready, release and end are called by the sides' threads, lend_turn by the one who
// asked for the pair; `broke` by anybody.
#pragma once

#include "workers/worker.hpp"

#include <array>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace assay::workers {

class PairDesk {
public:
    // Both outlive the desk.
    PairDesk(measure::PairPage& page, std::array<Worker*, 2> workers) noexcept
        : page_(page)
        , workers_(workers) {}

    PairDesk(const PairDesk&) = delete;
    PairDesk& operator=(const PairDesk&) = delete;
    ~PairDesk() = default;

    // Seat 0 opens, verifies and warms up first, seat 1 when that is done: both at once on one CPU
    // would never read a steady wall time. False: seat 0 broke, seat 1 need not begin at all.
    [[nodiscard]] bool may_begin(std::uint32_t seat);
    // Blocks until the turn is held for both, or the partner broke.
    void ready(std::uint32_t seat);
    void release(std::uint32_t seat);
    // The launch of that seat is over, one way or the other.
    void end(std::uint32_t seat);
    // That seat gives no figure: the other one is told to stop. Again: nothing more happens.
    void broke(std::uint32_t seat);

    // Asks for the turn when both sides are ready and gives it back when neither needs it any more;
    // returns at once when one of them broke before.
    void lend_turn(LaunchTurns& turns);

private:
    struct Seat {
        bool is_ready = false, released = false, ended = false, broke = false;
    };

    [[nodiscard]] bool any_broke() const noexcept { return seats_[0].broke || seats_[1].broke; }

    measure::PairPage& page_;
    std::array<Worker*, 2> workers_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::array<Seat, 2> seats_;
    bool lent_ = false;
};

} // namespace assay::workers
