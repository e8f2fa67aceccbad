// The tick counter that a latency case may read instead of a clock, and its length in nanoseconds.
// The counter is compared with the monotonic clock over the whole launch, so that no time is spent
// on calibrating it.
//
//   Ticks ticks(family.shape == Shape::latency);   // at the start of the launch
//   batch.latency_ticks = ticks.offered();
//   double ns = ticks.ns_per_tick(used);
//
// One thread.
#pragma once

#include <cstdint>

namespace assay::measure {

class Ticks {
public:
    // wanted = false: offers nanoseconds and looks at nothing.
    explicit Ticks(bool wanted) noexcept;

    // ASSAY_TICKS_TSC where the time stamp counter is constant, never stops and is the kernel's own
    // clock source; ASSAY_TICKS_CNTVCT on arm64; else ASSAY_TICKS_NS.
    [[nodiscard]] std::uint32_t offered() const noexcept { return offered_; }

    // Nanoseconds of one tick of `used` (ASSAY_TICKS_*); 0 if that counter was not offered.
    [[nodiscard]] double ns_per_tick(std::uint32_t used) noexcept;

private:
    std::uint32_t offered_ = 0;
    std::uint64_t start_ticks_ = 0, start_ns_ = 0;
};

} // namespace assay::measure
