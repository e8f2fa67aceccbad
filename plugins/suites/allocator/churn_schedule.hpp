// Which block is taken at which step and how long it lives: sizes and lifetimes drawn from a seed,
// in a ring of steps, so that work goes on for ever without drawing anything while it is timed.
//
//   const ChurnSchedule schedule({.live = 1000, .largest = 65536}, seed);
//   for (std::uint32_t dying : schedule.dying_at(step)) { ... }      // given back first
//   schedule.bytes_of(step);                                         // then this is taken
//
// Sizes from 16 bytes to the largest, evenly on a logarithmic scale. Exponential: lifetimes with a
// mean of `live` steps. Phased: a block lives to the end of its phase of `live` steps, one of 16
// for 4 phases more. Pure; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::allocator_suite {

enum class Lifetimes { exponential, phased };

struct ChurnShape {
    std::size_t live = 0;    // mean number of blocks (exponential), or steps of a phase
    std::size_t largest = 0; // bytes
    Lifetimes lifetimes = Lifetimes::exponential;
};

// Sizes drawn evenly on a logarithmic scale.
[[nodiscard]] std::vector<std::uint32_t>
drawn_sizes(std::size_t count, std::size_t largest, std::uint64_t seed);

class ChurnSchedule {
public:
    static constexpr std::size_t kRounds = 8; // steps of the ring, in units of `live`

    ChurnSchedule(const ChurnShape& shape, std::uint64_t seed);

    [[nodiscard]] std::size_t steps() const noexcept { return sizes_.size(); }

    // Of the block that is taken at that step.
    [[nodiscard]] std::size_t bytes_of(std::size_t step) const noexcept { return sizes_[step]; }

    // The steps at which the blocks were taken that are given back now.
    [[nodiscard]] std::span<const std::uint32_t> dying_at(std::size_t step) const noexcept {
        return {dying_.data() + first_dying_[step], first_dying_[step + 1] - first_dying_[step]};
    }

private:
    std::vector<std::uint32_t> sizes_, dying_, first_dying_;
};

} // namespace assay::allocator_suite
