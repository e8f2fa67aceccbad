#include "active_inference/beliefs.hpp"

#include <algorithm>

namespace assay::active_inference {

Beliefs::Beliefs(std::span<const std::size_t> state_counts) {
    offsets_.reserve(state_counts.size() + 1);
    offsets_.push_back(0);
    for (const std::size_t states : state_counts) {
        offsets_.push_back(offsets_.back() + states);
    }
    values_.resize(offsets_.back());
    set_uniform();
}

void Beliefs::set_uniform() noexcept {
    for (std::size_t factor = 0; factor < size(); ++factor) {
        const std::span<double> q = (*this)[factor];
        std::ranges::fill(q, 1.0 / static_cast<double>(q.size()));
    }
}

} // namespace assay::active_inference
