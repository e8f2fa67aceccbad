// The index of hnswlib, a graph in layers (Malkov & Yashunin 2018), behind this library's
// interface.
//
//   const auto index = make_hnsw_index(384, {});
//
// hnswlib 0.6.2 cannot take a vector out, only mark it. Marks are kept here instead: with its own,
// adding a vector reads past an empty list once all that it can reach is marked. Marked vectors are
// searched past, and 30 % of them rebuild the graph without them. It grows by doubling, and its
// distances are those of scan_loops(), for the level of the processor.
#pragma once

#include "vector_index.hpp"

namespace assay::retrieval {

// Of the vectors in the graph, more than this share marked: rebuilt.
inline constexpr double kMarkedShareMax = 0.3;

// Throws std::runtime_error where built without hnswlib, std::invalid_argument for a dimension.
[[nodiscard]] std::unique_ptr<VectorIndex> make_hnsw_index(std::size_t dimension,
                                                           const GraphOptions& options);

// How many vectors of the graph are marked and how often it was rebuilt; of an index of another
// kind nothing.
struct GraphState {
    std::size_t in_graph = 0, marked = 0, rebuilt = 0;
};

[[nodiscard]] GraphState graph_state(const VectorIndex& index) noexcept;

} // namespace assay::retrieval
