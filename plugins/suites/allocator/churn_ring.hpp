// A schedule of blocks being lived through, over and over, by one allocator.
//
//   ChurnRing ring(schedule, seed);
//   ring.steps(heap, 2 * schedule.steps());     // from empty to steady, and round again
//   ring.sum();                                 // of what was read from the blocks given back
//   ring.give_all(heap);
//
// A step gives back what dies, then takes and marks one block. Borrows the schedule. One thread.
#pragma once

#include "block_mark.hpp"
#include "churn_schedule.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay::allocator_suite {

class ChurnRing {
public:
    ChurnRing(const ChurnSchedule& schedule, std::uint64_t seed)
        : schedule_(&schedule)
        , seed_(seed)
        , blocks_(schedule.steps(), nullptr) {}

    template <class Heap>
    void steps(Heap& heap, std::uint64_t count) {
        for (std::uint64_t i = 0; i < count; ++i) {
            for (const std::uint32_t dying : schedule_->dying_at(at_)) {
                give(heap, dying);
            }
            take(heap);
        }
    }

    // To where a turn begins.
    template <class Heap>
    void to_the_start(Heap& heap) {
        steps(heap, (schedule_->steps() - at_) % schedule_->steps());
    }

    template <class Heap>
    void give_all(Heap& heap) {
        for (std::size_t step = 0; step < blocks_.size(); ++step) {
            give(heap, step);
        }
        at_ = 0;
    }

    void forget_sum() noexcept { sum_ = 0; }

    [[nodiscard]] std::uint64_t sum() const noexcept { return sum_; }

    // Blocks whose mark was gone when they were given back. Must be 0.
    [[nodiscard]] std::uint64_t damaged() const noexcept { return damaged_; }

    [[nodiscard]] std::size_t live_blocks() const noexcept;
    [[nodiscard]] std::size_t live_bytes() const noexcept; // asked for

private:
    template <class Heap>
    void give(Heap& heap, std::size_t step) {
        void* const block = blocks_[step];
        if (block == nullptr) { // not yet taken, in the first turn
            return;
        }
        const std::size_t bytes = schedule_->bytes_of(step);
        const std::uint64_t word = word_of(seed_, step);
        damaged_ += is_marked(block, bytes, word) ? 0 : 1;
        sum_ = sum_ * 0xBF58476D1CE4E5B9ull + word;
        heap.give(block, bytes);
        blocks_[step] = nullptr;
    }

    template <class Heap>
    void take(Heap& heap) {
        const std::size_t bytes = schedule_->bytes_of(at_);
        blocks_[at_] = heap.take(bytes);
        mark(blocks_[at_], bytes, word_of(seed_, at_));
        at_ = at_ + 1 == blocks_.size() ? 0 : at_ + 1;
    }

    const ChurnSchedule* schedule_;
    std::uint64_t seed_;
    std::vector<void*> blocks_; // by the step at which they were taken
    std::size_t at_ = 0;
    std::uint64_t sum_ = 0, damaged_ = 0;
};

inline std::size_t ChurnRing::live_blocks() const noexcept {
    std::size_t count = 0;
    for (const void* block : blocks_) {
        count += block == nullptr ? 0 : 1;
    }
    return count;
}

inline std::size_t ChurnRing::live_bytes() const noexcept {
    std::size_t bytes = 0;
    for (std::size_t step = 0; step < blocks_.size(); ++step) {
        bytes += blocks_[step] == nullptr ? 0 : schedule_->bytes_of(step);
    }
    return bytes;
}

} // namespace assay::allocator_suite
