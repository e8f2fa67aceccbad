// The processor as far as it says which machine this is, and how much of it this process may use.
//
//   const Processor processor = read_processor(sources.tree, sources.allowed_cpus);
//   const Topology topology = available_topology(sources.tree, sources.allowed_cpus);
//
// Nothing here changes with load, clock rate or a restart. Callable from any thread; every call
// reads anew.
#pragma once

#include "support/system_tree.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace assay::measure {

// As the kernel writes them, "" = it does not tell. Of an Arm processor: implementer, architecture,
// part, and variant and revision as in its data sheet ("r3p1").
struct Processor {
    std::string vendor, family, model, stepping;
    std::string model_name; // for people
    std::vector<std::string> flags;
    std::string microcode;
};

// Of the first of these CPUs.
[[nodiscard]] Processor read_processor(const SystemTree& tree, const std::vector<unsigned>& cpus);

// Of these CPUs alone: what a process restricted to half a machine has.
struct Topology {
    std::size_t sockets = 1, cores = 1, cpus = 1, numa_nodes = 1;
};

[[nodiscard]] Topology available_topology(const SystemTree& tree,
                                          const std::vector<unsigned>& cpus);

struct Cache {
    std::int64_t level = 0;
    std::string type; // "data", "instruction", "unified"
    std::uint64_t bytes = 0;
    std::size_t shared_by = 1; // CPUs, allowed or not: how the processor is made

    auto operator<=>(const Cache&) const = default;
};

// Every kind of cache that these CPUs have, once, by level; empty where the kernel does not tell.
[[nodiscard]] std::vector<Cache> caches_of(const SystemTree& tree,
                                           const std::vector<unsigned>& cpus);

} // namespace assay::measure
