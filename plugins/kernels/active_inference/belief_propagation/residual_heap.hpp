// A max-heap over a fixed set of numbered entries, for schedules that always take the entry with
// the largest key.
//
//   ResidualHeap heap(entries);
//   heap.raise(3, 0.25);
//   std::size_t next = heap.take_largest();   // its key becomes 0
//
// An implicit tree of eight children per node whose leaves never move: a node holds the largest key
// below it, so the position index is arithmetic, raising a key usually ends one level up, and one
// node is one cache line. Ties go to the lowest number. No allocation after construction; one
// thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace assay::active_inference {

class ResidualHeap {
public:
    explicit ResidualHeap(std::size_t entries);

    // All keys at once: write them, then rebuild().
    [[nodiscard]] std::span<double> keys() noexcept { return {keys_.data(), entries_}; }

    void rebuild() noexcept;

    [[nodiscard]] double largest() const noexcept { return keys_[root_]; }

    [[nodiscard]] double key(std::size_t entry) const noexcept { return keys_[entry]; }

    // To at least `key`.
    void raise(std::size_t entry, double key) noexcept {
        std::size_t position = entry;
        for (std::size_t level = 0; keys_[position] < key; ++level) {
            keys_[position] = key;
            if (position == root_) {
                return;
            }
            position = first_[level + 1] + ((position - first_[level]) / kChildren);
        }
    }

    [[nodiscard]] std::size_t take_largest() noexcept;

private:
    static constexpr std::size_t kChildren = 8;

    void update_parent(std::size_t level, std::size_t index) noexcept;

    std::vector<std::size_t> first_; // where each level starts; the leaves are level 0
    std::vector<double> keys_;
    std::size_t entries_;
    std::size_t root_ = 0;
};

} // namespace assay::active_inference
