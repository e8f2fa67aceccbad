#include "active_inference/transition_matrices.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace assay::active_inference {

TransitionMatrices::TransitionMatrices(const FactoredModel& model)
    : version_(model.version) {
    factors_.reserve(model.transitions.size());
    for (std::size_t f = 0; f < model.transitions.size(); ++f) {
        if (model.transition_factors[f] != FactorList{f}) {
            throw std::invalid_argument(
                "transition_factors[" + std::to_string(f) +
                "]: k-step products need a factor that depends on itself alone");
        }
        Factor factor{model.state_counts[f], model.action_counts[f], {}};
        const std::size_t cells = factor.states * factor.states;
        factor.entries.resize(cells * factor.actions);
        const std::vector<double>& source = model.transitions[f].data;
        for (std::size_t cell = 0; cell < cells; ++cell) {
            for (std::size_t u = 0; u < factor.actions; ++u) {
                factor.entries[u * cells + cell] = source[cell * factor.actions + u];
            }
        }
        factors_.push_back(std::move(factor));
    }
}

std::size_t TransitionMatrices::states_max() const noexcept {
    std::size_t most = 0;
    for (const Factor& factor : factors_) {
        most = std::max(most, factor.states);
    }
    return most;
}

std::size_t TransitionMatrices::bytes() const noexcept {
    std::size_t sum = 0;
    for (const Factor& factor : factors_) {
        sum += factor.entries.size() * sizeof(double);
    }
    return sum;
}

} // namespace assay::active_inference
