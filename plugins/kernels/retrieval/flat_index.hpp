// The exact index: all vectors one after the other in memory, every one looked at.
//
//   FlatIndex index(384);
//
// Up to some thousand vectors nothing is faster, and what an index of another kind finds is held
// against it. With many rows a coarse copy (RowScreen) tells first which rows can be among
// the best: the result is the same to the bit. An erased vector's place is taken by the last one.
#pragma once

#include "row_screen.hpp"
#include "scan_loops.hpp"
#include "vector_index.hpp"

#include <optional>
#include <unordered_map>

namespace assay::retrieval {

enum class Screening { automatic, never };

class FlatIndex final : public VectorIndex {
public:
    // Throws std::invalid_argument for dimension 0 or above kDimensionMax.
    explicit FlatIndex(std::size_t dimension,
                       const ScanLoops& loops = scan_loops(),
                       Screening screening = Screening::automatic);

    [[nodiscard]] std::size_t dimension() const noexcept override { return dimension_; }

    [[nodiscard]] std::size_t size() const noexcept override { return ids_.size(); }

    void add(VectorId id, std::span<const float> vector) override;
    bool erase(VectorId id) override;
    [[nodiscard]] std::vector<Neighbour> search(std::span<const float> query,
                                                std::size_t k) const override;
    [[nodiscard]] std::span<const float> vector_of(VectorId id) const noexcept override;

private:
    void scan(const float* query, Nearest& best) const;

    std::size_t dimension_, stride_;
    const ScanLoops* loops_;
    std::vector<float> rows_;   // each padded with zeros to stride_
    std::vector<VectorId> ids_; // of the rows
    std::optional<RowScreen> screen_;
    std::unordered_map<VectorId, std::size_t> row_of_;
};

} // namespace assay::retrieval
