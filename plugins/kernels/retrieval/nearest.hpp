// The k best of what is offered, one after the other: higher scores first, ties by lower id.
//
//   Nearest best(10);
//   best.offer({.id = 7, .score = 0.8f});
//   best.take();
//
// A value; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace assay::retrieval {

using VectorId = std::uint64_t;

struct Neighbour {
    VectorId id = 0;
    float score = 0; // dot product; cosine of vectors of unit length

    bool operator==(const Neighbour&) const = default;
};

[[nodiscard]] inline bool is_better(const Neighbour& one, const Neighbour& other) noexcept {
    return one.score != other.score ? one.score > other.score : one.id < other.id;
}

class Nearest {
public:
    explicit Nearest(std::size_t k);

    // Nothing below can still get in.
    [[nodiscard]] float bar() const noexcept { return bar_; }

    void offer(const Neighbour& candidate);

    // The best first.
    [[nodiscard]] std::vector<Neighbour> take();

private:
    std::size_t k_;
    float bar_ = -std::numeric_limits<float>::infinity();
    std::vector<Neighbour> heap_; // the worst on top
};

} // namespace assay::retrieval
