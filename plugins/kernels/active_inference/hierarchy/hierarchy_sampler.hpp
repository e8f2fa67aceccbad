// A stream of outcomes drawn from a hierarchical model: what a hierarchy meets where the model is
// right.
//
//   HierarchySampler sampler(model, seed);
//   for (std::size_t& outcome : outcomes) { outcome = sampler.next(); }
//
// Borrows the model, which must be without fault. One per thread. Allocates in its constructor
// only. Same seed, same stream.
#pragma once

#include "active_inference/hierarchy/hierarchical_model.hpp"
#include "random_source/random_source.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

class HierarchySampler {
public:
    HierarchySampler(const HierarchicalModel& model, std::uint64_t seed);

    // Of the current step; moves on to the next.
    [[nodiscard]] std::size_t next() noexcept;

private:
    // From a column of a matrix, or from a whole vector.
    [[nodiscard]] std::size_t draw(const Tensor& matrix, std::size_t column) noexcept;
    void begin_below(std::size_t level) noexcept;
    void advance() noexcept;

    const HierarchicalModel* model_;
    RandomSource random_;
    std::vector<std::size_t> states_;    // by level
    std::vector<std::size_t> positions_; // of each level in its episode
};

} // namespace assay::active_inference
