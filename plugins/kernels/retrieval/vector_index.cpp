#include "vector_index.hpp"

#include "flat_index.hpp"
#include "hnsw_index.hpp"

namespace assay::retrieval {

std::string_view name_of(IndexKind kind) noexcept {
    switch (kind) {
    case IndexKind::flat:
        return "flat";
    case IndexKind::hnsw:
        break;
    }
    return "hnsw";
}

std::unique_ptr<VectorIndex>
make_index(IndexKind kind, std::size_t dimension, const GraphOptions& graph) {
    switch (kind) {
    case IndexKind::flat:
        return std::make_unique<FlatIndex>(dimension);
    case IndexKind::hnsw:
        break;
    }
    return make_hnsw_index(dimension, graph);
}

} // namespace assay::retrieval
