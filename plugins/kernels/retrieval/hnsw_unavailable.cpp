#include "hnsw_index.hpp"

#include <stdexcept>

namespace assay::retrieval {

bool hnsw_is_available() noexcept {
    return false;
}

std::unique_ptr<VectorIndex> make_hnsw_index(std::size_t, const GraphOptions&) {
    throw std::runtime_error("hnsw is unavailable: built without hnswlib; install libhnswlib-dev "
                             "and build again");
}

GraphState graph_state(const VectorIndex&) noexcept {
    return {};
}

} // namespace assay::retrieval
