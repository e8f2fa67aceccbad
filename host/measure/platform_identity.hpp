// What decides whether figures of two runs may be compared: the machine, as far as this process may
// use it, in fields that stay over a restart. Never a clock reading, a version of microcode or
// kernel, a name of host or container, or a load: those belong to the environment of a run.
//
//   const json::object identity = platform_identity(this_machine());
//   const std::string fingerprint = fingerprint_of(identity);        // 64 hexadecimal digits
//
// Callable from any thread; every call reads anew.
#pragma once

#include "measure/platform_sources.hpp"
#include "support/json.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace assay::measure {

// {"arch", "cpu": {"vendor","family","model","stepping"}, "sockets", "cores", "threads_per_core",
//  "numa_nodes", "cpu_quota", "caches": [{"level","type","kib","shared_by"}], "memory_gib",
//  "gpus": [{"model","memory_gib"}], "os": {"id","version"}, "virtualisation", "container", "ci"}.
// What this machine does not tell is null; cpu_quota is null where there is none.
[[nodiscard]] json::object platform_identity(const PlatformSources& sources);

// SHA-256 of its canonical JSON.
[[nodiscard]] std::string fingerprint_of(const json::object& identity);

// The class of so much memory in GiB: the nearest of 1, 2, 3, 4, 6, 8, 12, ... 1024, the larger of
// two that are as near. Firmware keeps a little more or less from one start to the next.
[[nodiscard]] std::int64_t memory_class_gib(std::uint64_t bytes) noexcept;

struct IdentityDifference {
    std::string field;         // "cpu.model", "caches"
    std::string before, after; // as JSON; "absent" where one has no such field
};

// What makes two identities two machines, in the order of the first; empty if nothing does.
[[nodiscard]] std::vector<IdentityDifference> identity_differences(const json::object& before,
                                                                   const json::object& after);

// "cpu.model 17 and 1, memory_gib 8 and 16", for messages.
[[nodiscard]] std::string differences_text(const std::vector<IdentityDifference>& differences);

} // namespace assay::measure
