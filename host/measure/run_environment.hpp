// Whatever may change between two runs without making the machine another one, and may explain why
// their figures differ: kernel, microcode, clock rates, address layout, libraries, limits. A change
// of it is printed beside a verdict; it never keeps figures apart.
//
//   document["environment"] = describe_environment();
//   document["load_average"] = ...load_average()
//
// Equal environments are equal documents, so that a history keeps each once: load, which never is
// the same twice, is told apart. Callable from any thread; every call reads anew.
#pragma once

#include "support/json.hpp"
#include "support/system_tree.hpp"

#include <optional>

namespace assay::measure {

// {"kernel", "kernel_build", "kernel_arguments": [...], "microcode", "firmware", "governor",
//  "turbo", "smt", "aslr", "tsc", "clock_source", "huge_pages", "cpu_flags", "libc", "compiler",
//  "flags", "optimised", "sanitizer", "limits": {...}}; null = this machine does not tell.
[[nodiscard]] json::object describe_environment(const SystemTree& tree = SystemTree());

// Of the last minute.
[[nodiscard]] std::optional<double> load_average(const SystemTree& tree = SystemTree());

} // namespace assay::measure
