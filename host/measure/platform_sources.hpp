// Where the identity of a machine is read from, gathered in one place so that a test can give
// another machine: a tree of files, an environment, and what no file tells.
//
//   const PlatformSources sources = this_machine();
//   const json::object identity = platform_identity(sources);
//
// Callable from any thread.
#pragma once

#include "measure/gpu.hpp"
#include "support/environment.hpp"
#include "support/system_tree.hpp"

#include <string>
#include <vector>

namespace assay::measure {

struct PlatformSources {
    SystemTree tree{};
    Environment environment;
    std::string architecture; // "x86_64", as uname says
    std::vector<unsigned>
        allowed_cpus;       // by affinity, which no cpuset lets through more than it has
    std::string hypervisor; // as CPUID says: "KVMKVMKVM"; empty = none, or not x86
    std::vector<Gpu> gpus;
};

// The CPUs that this process may use; empty = the kernel does not tell.
[[nodiscard]] std::vector<unsigned> allowed_cpus();

// Reads all but the tree. GPUs are asked for once: a driver that wakes up may take seconds.
[[nodiscard]] PlatformSources this_machine();

} // namespace assay::measure
