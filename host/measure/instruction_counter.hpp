// A counter of the kernel's (perf_event_open) over the calling thread, in user mode alone: how many
// instructions a piece of work takes. Where there is no such counter, as on most virtual machines,
// opening it says why.
//
//   Result<KernelCounter> counter = open_instruction_counter();
//   counter->start();
//   work();
//   std::optional<std::uint64_t> instructions = counter->stop();
//
// Opened, started and stopped by the thread whose work is counted.
#pragma once

#include "support/result.hpp"
#include "support/unique_fd.hpp"

#include <cstdint>
#include <optional>

namespace assay::measure {

class KernelCounter {
public:
    // `type` and `event`: PERF_TYPE_* and PERF_COUNT_*. Errors: kind unavailable.
    static Result<KernelCounter> open(std::uint32_t type, std::uint64_t event);

    void start() const noexcept;
    // Nothing: the counter was never scheduled, or not all the time, so that its figure is a guess.
    [[nodiscard]] std::optional<std::uint64_t> stop() const noexcept;

private:
    explicit KernelCounter(UniqueFd fd) noexcept
        : fd_(std::move(fd)) {}

    UniqueFd fd_;
};

// Retired instructions. Tried for real: a counter that opens but reads 0 over a loop is none.
Result<KernelCounter> open_instruction_counter();

// The counter of this process's own launches, opened before a plugin is loaded and, in a worker,
// before anything is taken away from it. Without a call, or where it failed, there is none.
void arm_instruction_counter();
[[nodiscard]] const KernelCounter* armed_instruction_counter() noexcept;

} // namespace assay::measure
