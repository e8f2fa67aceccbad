// A memory launch: nothing is timed; what run() allocates is counted over a batch of n iterations
// and one of 2n, by the counter that is preloaded into this worker alone.
//
//   if (request.memory_iterations > 0) failure = measure_memory(context, runner, record);
//   record.memory.front().allocations;     // of all iterations of the batch of n
//
// On the launch's own thread.
#pragma once

#include "measure/batch.hpp"
#include "measure/measuring.hpp"

#include <optional>

namespace assay::measure {

// One lead-in of 2n iterations, so that what grows once and is then used again has grown; then n
// and 2n on the inputs of recorded slice 0. The batch of 2n is left out where the family takes
// fewer iterations or `prepare` has no memory for them. Fails as unavailable without a counter.
std::optional<Failure>
measure_memory(const MeasuringContext& context, BatchRunner& runner, LaunchRecord& record);

} // namespace assay::measure
