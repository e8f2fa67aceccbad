#include "active_inference/belief_propagation/residual_heap.hpp"

#include <algorithm>

namespace assay::active_inference {

ResidualHeap::ResidualHeap(std::size_t entries)
    : entries_(entries) {
    // Every level but the root's is padded to whole groups, with keys that stay 0.
    std::size_t size = 0;
    std::size_t width = std::max<std::size_t>(entries, 1);
    for (;;) {
        first_.push_back(size);
        if (width == 1) {
            break;
        }
        width = (width + kChildren - 1) / kChildren;
        size += width * kChildren;
    }
    root_ = size;
    keys_.assign(size + 1, 0.0);
}

void ResidualHeap::update_parent(std::size_t level, std::size_t index) noexcept {
    const double* const children = &keys_[first_[level - 1] + index * kChildren];
    double best = children[0];
    for (std::size_t k = 1; k < kChildren; ++k) {
        best = std::max(best, children[k]);
    }
    keys_[first_[level] + index] = best;
}

void ResidualHeap::rebuild() noexcept {
    std::size_t width = entries_;
    for (std::size_t level = 1; level < first_.size(); ++level) {
        width = (width + kChildren - 1) / kChildren;
        for (std::size_t index = 0; index < width; ++index) {
            update_parent(level, index);
        }
    }
}

std::size_t ResidualHeap::take_largest() noexcept {
    const double largest = keys_[root_];
    std::size_t index = 0; // within its level
    for (std::size_t level = first_.size() - 1; level > 0; --level) {
        const double* children = &keys_[first_[level - 1] + index * kChildren];
        std::size_t child = kChildren - 1;
        for (std::size_t k = kChildren - 1; k-- > 0;) {
            child = children[k] == largest ? k : child;
        }
        index = index * kChildren + child;
    }
    const std::size_t entry = index;
    keys_[entry] = 0;
    for (std::size_t level = 1; level < first_.size(); ++level) {
        index /= kChildren;
        update_parent(level, index);
    }
    return entry;
}

} // namespace assay::active_inference
