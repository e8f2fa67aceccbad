// The service "assay.parallel/1": the host's oneTBB arena for suites that want parallel loops. It
// lives in a library of its own, libassay-parallel.so, loaded only when a suite asks: oneTBB in the
// process costs start-up time and threads that spin, which no other measurement should pay.
//
// Callable from any thread.
#pragma once

#include <assay/plugin.h>

namespace assay::measure {

// The symbol that libassay-parallel.so exports.
#define ASSAY_PARALLEL_SYMBOL "assay_parallel_service_v1"

// NULL if the library cannot be loaded; the suite copes.
const assay_parallel_v1* parallel_service() noexcept;

} // namespace assay::measure
