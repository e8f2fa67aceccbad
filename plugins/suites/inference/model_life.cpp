#include "model_life.hpp"

#include "active_inference/state_inference/state_inference.hpp"

#include <utility>

namespace assay::inference {

namespace ai = active_inference;

ModelLife::ModelLife(const ai::FactoredModel& model, std::uint64_t seed)
    : model_(&model)
    , random_(seed) {
    const ai::Beliefs prior = ai::prior_beliefs(model);
    for (std::size_t f = 0; f < prior.size(); ++f) {
        const ai::Tensor of_factor{{prior[f].size()}, {prior[f].begin(), prior[f].end()}};
        states_.push_back(draw(of_factor, 0));
    }
}

std::vector<ai::Outcome> ModelLife::observe() {
    std::vector<ai::Outcome> outcomes;
    for (std::size_t m = 0; m < model_->likelihoods.size(); ++m) {
        const std::size_t column = column_of(model_->likelihood_factors[m]);
        outcomes.push_back({.index = draw(model_->likelihoods[m], column)});
    }
    return outcomes;
}

void ModelLife::act(std::span<const std::size_t> actions) {
    std::vector<std::size_t> next;
    for (std::size_t f = 0; f < states_.size(); ++f) {
        const std::size_t from = column_of(model_->transition_factors[f]);
        next.push_back(draw(model_->transitions[f], from * model_->action_counts[f] + actions[f]));
    }
    states_ = std::move(next);
}

// A row of a column of probabilities. Rounding may leave the sum below what was drawn: then the
// last row that is possible at all.
std::size_t ModelLife::draw(const ai::Tensor& tensor, std::size_t column) {
    const std::size_t rows = tensor.shape.front(), columns = tensor.data.size() / rows;
    const double drawn = random_.unit();
    double sum = 0;
    std::size_t last = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        const double probability = tensor.data[row * columns + column];
        if (probability > 0) {
            last = row;
            sum += probability;
            if (drawn < sum) {
                break;
            }
        }
    }
    return last;
}

std::size_t ModelLife::column_of(const ai::FactorList& factors) const {
    std::size_t column = 0;
    for (const std::size_t factor : factors) {
        column = column * model_->state_counts[factor] + states_[factor];
    }
    return column;
}

} // namespace assay::inference
