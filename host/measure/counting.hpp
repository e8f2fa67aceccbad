// A counting launch: one untimed batch whose instructions are counted, by the kernel's counter
// where this process has one, and by whoever watches the process from outside (callgrind) where
// not.
//
//   if (request.count_iterations > 0) failure = count_work(context, runner, record);
//   record.count->iterations;     // how often the operation ran while it was counted
//
// On the launch's own thread. Nothing of it is timed.
#pragma once

#include "measure/batch.hpp"
#include "measure/measuring.hpp"

#include <assay/plugin.h>

#include <optional>

// Calls run() and nothing else. Exported from the worker under this name: a watcher collects while
// it is on the stack (--toggle-collect), so only batches that are counted may pass through it.
extern "C" [[gnu::noinline, gnu::visibility("default")]] assay_status assay_counted_run(
    assay_status (*run)(assay_case*, assay_batch*), assay_case* handle, assay_batch* batch);

namespace assay::measure {

// The name under which it is exported.
inline constexpr const char* kCountedRun = "assay_counted_run";

// One lead-in, so that lazily bound symbols, first allocations and caches of the library are
// behind, then the counted batch on the inputs of recorded slice 0.
std::optional<Failure>
count_work(const MeasuringContext& context, BatchRunner& runner, LaunchRecord& record);

} // namespace assay::measure
