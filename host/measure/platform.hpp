// The machine as it stands in a run's document: which one it is, and what people know it by.
//
//   const json::object platform = describe_platform();
//
// Whatever may differ between two runs on one machine stands in measure/run_environment.hpp.
// Callable from any thread; reads /proc and /sys, some milliseconds; the first call asks for GPUs.
#pragma once

#include "measure/platform_sources.hpp"
#include "support/json.hpp"

#include <string>

namespace assay::measure {

// {"id","label","fingerprint","identity","arch","os","cpu":{"model","vendor","family","cores"},
//  "memory_bytes","l2_bytes","virtual"}. What this machine does not tell is null. The id is the
// fingerprint: SHA-256 of the identity (platform_identity.hpp), the same over a restart.
[[nodiscard]] json::object describe_platform(const PlatformSources& sources = this_machine());

} // namespace assay::measure
