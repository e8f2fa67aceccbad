#include "nearest.hpp"

#include <algorithm>
#include <utility>

namespace assay::retrieval {

Nearest::Nearest(std::size_t k)
    : k_(k) {
    if (k == 0) {
        bar_ = std::numeric_limits<float>::infinity();
    }
}

void Nearest::offer(const Neighbour& candidate) {
    if (k_ == 0) {
        return;
    }
    if (heap_.size() == k_) {
        if (!is_better(candidate, heap_.front())) {
            return;
        }
        std::ranges::pop_heap(heap_, is_better);
        heap_.back() = candidate;
    } else {
        heap_.push_back(candidate);
    }
    std::ranges::push_heap(heap_, is_better);
    if (heap_.size() == k_) {
        bar_ = heap_.front().score;
    }
}

std::vector<Neighbour> Nearest::take() {
    std::ranges::sort(heap_, is_better);
    return std::exchange(heap_, {});
}

} // namespace assay::retrieval
