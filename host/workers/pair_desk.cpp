#include "workers/pair_desk.hpp"

namespace assay::workers {

bool PairDesk::may_begin(std::uint32_t seat) {
    if (seat == 0) {
        return true;
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return seats_[0].is_ready || seats_[0].ended || any_broke(); });
    return !any_broke();
}

void PairDesk::ready(std::uint32_t seat) {
    std::unique_lock lock(mutex_);
    seats_[seat].is_ready = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return lent_ || any_broke(); });
}

void PairDesk::release(std::uint32_t seat) {
    const std::lock_guard lock(mutex_);
    seats_[seat].released = true;
    changed_.notify_all();
}

void PairDesk::end(std::uint32_t seat) {
    const std::lock_guard lock(mutex_);
    seats_[seat].ended = true;
    changed_.notify_all();
}

void PairDesk::broke(std::uint32_t seat) {
    const std::uint32_t other = 1 - seat;
    const std::lock_guard lock(mutex_);
    if (seats_[seat].broke) {
        return;
    }
    seats_[seat].broke = true;
    measure::abandon(page_);
    if (!seats_[other].ended && workers_[other] != nullptr) {
        workers_[other]->cancel();
    }
    changed_.notify_all();
}

void PairDesk::lend_turn(LaunchTurns& turns) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] {
        const auto is_there = [](const Seat& seat) { return seat.is_ready || seat.ended; };
        return any_broke() || (is_there(seats_[0]) && is_there(seats_[1]));
    });
    if (any_broke() || (seats_[0].ended && seats_[1].ended)) {
        return;
    }
    lock.unlock();
    turns.acquire();
    lock.lock();
    lent_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] {
        const auto is_done = [](const Seat& seat) { return seat.released || seat.ended; };
        return is_done(seats_[0]) && is_done(seats_[1]);
    });
    lock.unlock();
    turns.release();
}

} // namespace assay::workers
