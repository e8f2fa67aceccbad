// The machine as it stands in a run's document: what decides whether two results may be compared
// (id, label) and what helps to explain a difference (kernel, governor, ASLR, clock source).
//
//   json::object platform = describe_platform();
//
// Callable from any thread; reads /proc and /sys, about a millisecond.
#pragma once

#include "support/json.hpp"

#include <cstdint>
#include <string>

namespace assay::measure {

// {"id","label","arch","os","kernel","cpu":{"model","vendor","family","cores"},"memory_bytes",
//  "l2_bytes","tsc","clock_source","governor","aslr","virtual","load_average"}. What this machine
// does not tell is null. The id is made of what stays over a reboot: processor, core count, memory
// class and whether it is virtual; never of a clock reading.
json::object describe_platform();

// "linux-x86_64-2c"
std::string platform_label();

// Of one core, as the system tells; 0 = it does not.
std::uint64_t l2_cache_bytes();

} // namespace assay::measure
