#include "efe_shape.hpp"

#include "active_inference/random_model.hpp"

#include <algorithm>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::size_t kActionsMax = 64, kHorizonMax = 20;

} // namespace

std::optional<EfeShape> efe_shape_from(std::string_view name) {
    const std::size_t actions_at = name.find("_u");
    const std::size_t horizon_at = name.find("_h");
    if (actions_at == std::string_view::npos || horizon_at == std::string_view::npos ||
        horizon_at < actions_at) {
        return std::nullopt;
    }
    const auto model = model_shape_from(name.substr(0, actions_at));
    const auto horizon = count_from(name.substr(horizon_at + 2), kHorizonMax);
    if (!model || !horizon) {
        return std::nullopt;
    }
    EfeShape shape{*model, {}, *horizon};
    const std::string_view actions = name.substr(actions_at + 2, horizon_at - actions_at - 2);
    for (std::size_t begin = 0; begin <= actions.size();) {
        const std::size_t end = std::min(actions.find('x', begin), actions.size());
        const auto count = count_from(actions.substr(begin, end - begin), kActionsMax);
        if (!count) {
            return std::nullopt;
        }
        shape.actions.push_back(*count);
        begin = end + 1;
    }
    if (shape.actions.size() != shape.model.states.size()) {
        return std::nullopt;
    }
    return shape;
}

std::string efe_shape_form() {
    return "<states>_u<actions of each factor>_h<steps>, as in 10x10_u4x1_h3; states: " +
           model_shape_form() + "; at most " + std::to_string(kActionsMax) +
           " actions of a factor and " + std::to_string(kHorizonMax) + " steps";
}

ai::FactoredModel efe_model(const EfeShape& shape, std::uint64_t seed) {
    return ai::random_model({.state_counts = shape.model.states,
                             .action_counts = shape.actions,
                             .outcome_counts = shape.model.states,
                             .likelihood_factors = shape.model.likelihood_factors},
                            seed);
}

} // namespace assay::inference
