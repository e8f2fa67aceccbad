// How long a slice took, in the clock that a figure is stated in.
//
//   std::vector<double> t = iteration_times(record.slices, Clock::thread_cpu);
//
// Pure functions; any thread.
#pragma once

#include "measure/description.hpp"
#include "measure/slice.hpp"

#include <span>
#include <vector>

namespace assay::measure {

// Seconds of one slice of one lane. Clock::automatic reads as wall.
[[nodiscard]] double clock_seconds(const SliceRecord& slice, Clock clock) noexcept;

// Seconds per iteration of every recorded slice, in the order taken; warm-up and scaling slices are
// left out. With several lanes: wall time from the first lane's start to the last one's end over
// the iterations of one lane, whatever the clock.
[[nodiscard]] std::vector<double> iteration_times(std::span<const SliceRecord> slices, Clock clock);

} // namespace assay::measure
