// Vectors that can be searched for the nearest of another, by dot product.
//
//   const auto index = make_index(IndexKind::flat, 384);
//   index->add(7, vector);
//   index->search(query, 10);   // {{7, 0.83f}, ...}
//
// Any number of threads search while none changes it.
#pragma once

#include "nearest.hpp"

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace assay::retrieval {

// flat: every vector is looked at, the result is exact. hnsw: a graph of neighbours is followed,
// the result is nearly always exact.
enum class IndexKind { flat, hnsw };

[[nodiscard]] std::string_view name_of(IndexKind kind) noexcept;

class VectorIndex {
public:
    VectorIndex() = default;
    VectorIndex(const VectorIndex&) = delete;
    VectorIndex& operator=(const VectorIndex&) = delete;
    virtual ~VectorIndex() = default;

    [[nodiscard]] virtual std::size_t dimension() const noexcept = 0;
    [[nodiscard]] virtual std::size_t size() const noexcept = 0;

    // Throws std::invalid_argument where the vector is faulty (vector_fault) or the id is there.
    virtual void add(VectorId id, std::span<const float> vector) = 0;

    // False: it was not there.
    virtual bool erase(VectorId id) = 0;

    // The k nearest, or all where there are fewer; the nearest first, ties by id. Throws
    // std::invalid_argument where the query is faulty.
    [[nodiscard]] virtual std::vector<Neighbour> search(std::span<const float> query,
                                                        std::size_t k) const = 0;

    // As it was added; empty where it is not there. Until the index is changed.
    [[nodiscard]] virtual std::span<const float> vector_of(VectorId id) const noexcept = 0;
};

struct GraphOptions {
    std::size_t links = 16;            // M of HNSW
    std::size_t ef_construction = 200; // candidates while a vector is added
    std::size_t ef_search = 64;        // candidates while one is looked for
    std::uint64_t seed = 100;
};

// False where the library was built without hnswlib.
[[nodiscard]] bool hnsw_is_available() noexcept;

// Throws std::runtime_error for hnsw where it is not available: "hnsw is unavailable: ... install
// libhnswlib-dev ...".
[[nodiscard]] std::unique_ptr<VectorIndex>
make_index(IndexKind kind, std::size_t dimension, const GraphOptions& graph = {});

} // namespace assay::retrieval
