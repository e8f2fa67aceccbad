#include "active_inference/hierarchy/hierarchy_sampler.hpp"

namespace assay::active_inference {

HierarchySampler::HierarchySampler(const HierarchicalModel& model, std::uint64_t seed)
    : model_(&model)
    , random_(seed)
    , states_(model.levels.size())
    , positions_(model.levels.size()) {
    double left = random_.unit();
    std::size_t& top = states_.back();
    while (top + 1 < model.prior.size() && left >= model.prior[top]) {
        left -= model.prior[top++];
    }
    begin_below(states_.size() - 1);
}

std::size_t HierarchySampler::draw(const Tensor& matrix, std::size_t column) noexcept {
    const std::size_t columns = matrix.shape[1];
    double left = random_.unit();
    std::size_t row = 0;
    // The last row takes what rounding leaves over.
    while (row + 1 < matrix.shape[0] && left >= matrix.data[row * columns + column]) {
        left -= matrix.data[row++ * columns + column];
    }
    return row;
}

void HierarchySampler::begin_below(std::size_t level) noexcept {
    for (std::size_t at = level; at > 0; --at) {
        states_[at - 1] = draw(model_->levels[at].likelihood, states_[at]);
        positions_[at - 1] = 0;
    }
}

std::size_t HierarchySampler::next() noexcept {
    const std::size_t outcome = draw(model_->levels[0].likelihood, states_[0]);
    advance();
    return outcome;
}

void HierarchySampler::advance() noexcept {
    std::size_t level = 0;
    while (level + 1 < states_.size() && positions_[level] + 1 == model_->episode_length) {
        ++level;
    }
    states_[level] = draw(model_->levels[level].transition, states_[level]);
    ++positions_[level];
    begin_below(level);
}

} // namespace assay::active_inference
