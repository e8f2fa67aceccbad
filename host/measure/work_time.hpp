// How long a piece of work takes now, for who wants to scale it to a wanted time.
//
//   const double link_s = median_work_s([&] { multiply_chain(n); }) / n;
//
// By CPU time, which a busy machine does not stretch; by wall time where the CPU clock does not see
// so short a work, because it counts in ticks. Any thread; reads the calling one's clock.
#pragma once

#include <functional>

namespace assay::measure {

// Of nine readings; above 0.
[[nodiscard]] double median_work_s(const std::function<void()>& work);

} // namespace assay::measure
