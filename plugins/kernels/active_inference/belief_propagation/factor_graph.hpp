// A factor graph over discrete variables: p(x) is proportional to the product of all factors.
//
//   FactorGraph graph{.extents = {2, 3}, .factors = {{{0}, {0.4, 0.6}},
//                                                    {{0, 1}, {1, 2, 3, 4, 5, 6}}}};
//   if (auto fault = first_fault(graph)) { refuse(fault->message); }
//
// Plain values; pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace assay::active_inference {

struct GraphFactor {
    std::vector<std::size_t> variables; // no variable twice
    std::vector<double> table;          // row-major over `variables`: the last one is the fastest
};

struct FactorGraph {
    std::vector<std::size_t> extents; // number of states of every variable
    std::vector<GraphFactor> factors;
};

struct GraphFault {
    std::string path;    // "factors[3].table[7]"
    std::string message; // path, what is wrong, what was expected
};

// Offsets into tables and messages are 32 bits wide: half the memory traffic of the hot loops.
inline constexpr std::size_t kGraphEntriesMax = std::size_t{1} << 31;

// The first thing that is wrong: extents, then factor by factor its variables, the size of its
// table, its entries. A table of zeros alone is legal: the contradiction is found by inference.
[[nodiscard]] std::optional<GraphFault> first_fault(const FactorGraph& graph);

} // namespace assay::active_inference
