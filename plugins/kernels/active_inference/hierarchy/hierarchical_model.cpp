#include "active_inference/hierarchy/hierarchical_model.hpp"

#include "active_inference/number_text.hpp"
#include "active_inference/random_model.hpp"
#include "random_source/random_source.hpp"

#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace assay::active_inference {

namespace {

using MaybeFault = std::optional<ModelFault>;

MaybeFault fault(std::string where, std::string what) {
    std::string message = where + ": " + std::move(what);
    return ModelFault{std::move(where), {}, std::move(message)};
}

MaybeFault shape_fault(const HierarchicalModel& model, std::size_t at) {
    const auto& transition = model.levels[at].transition.shape;
    const std::string where = "levels[" + std::to_string(at) + "]";
    if (transition.size() != 2 || transition[0] == 0 || transition[0] != transition[1]) {
        return fault(where + ".B",
                     "has shape " + shape_text(transition) + ", expected [states, states]");
    }
    const auto& likelihood = model.levels[at].likelihood.shape;
    const std::string columns = ", " + std::to_string(transition[0]) + "]";
    if (at == 0) {
        return likelihood.size() == 2 && likelihood[0] > 0 && likelihood[1] == transition[0]
                   ? std::nullopt
                   : fault(where + ".A",
                           "has shape " + shape_text(likelihood) + ", expected [outcomes" +
                               columns);
    }
    const std::size_t below = model.levels[at - 1].states();
    if (likelihood != std::vector{below, transition[0]}) {
        return fault(where + ".A",
                     "has shape " + shape_text(likelihood) + ", expected [" +
                         std::to_string(below) + columns + ": a row per state of levels[" +
                         std::to_string(at - 1) + "]");
    }
    return std::nullopt;
}

// A level is a model of one factor without actions: its entries and columns are checked as such,
// and what is found is said in the words of the hierarchy.
MaybeFault entries_fault(const HierarchyLevel& level, std::size_t at) {
    const std::size_t states = level.states();
    FactoredModel chain;
    chain.state_counts = {states};
    chain.action_counts = {1};
    chain.outcome_counts = {level.likelihood.shape[0]};
    chain.transition_factors = {{0}};
    chain.likelihood_factors = {{0}};
    chain.transitions = {{{states, states, 1}, level.transition.data}};
    chain.likelihoods = {level.likelihood};
    MaybeFault found = first_fault(chain);
    if (!found) {
        return found;
    }
    const bool in_transition = found->tensor.front() == 'B';
    std::string rest = found->message.substr(found->tensor.size());
    if (in_transition && !found->index.empty()) {
        found->index.pop_back(); // of the one action, an axis that the user does not have
        rest.erase(rest.find(", 0]"), std::string_view(", 0").size());
    }
    found->tensor = "levels[" + std::to_string(at) + "]." + (in_transition ? "B" : "A");
    found->message = found->tensor + rest;
    return found;
}

MaybeFault prior_fault(std::span<const double> prior, std::size_t states) {
    if (prior.size() != states) {
        return fault("prior",
                     "has " + std::to_string(prior.size()) + " entries, expected " +
                         std::to_string(states) + ": one per state of the top level");
    }
    double sum = 0;
    for (std::size_t s = 0; s < states; ++s) {
        if (!std::isfinite(prior[s]) || prior[s] < 0) {
            return ModelFault{"prior",
                              {s},
                              "prior[" + std::to_string(s) + "] is " + number_text(prior[s]) +
                                  ", expected a probability"};
        }
        sum += prior[s];
    }
    if (std::abs(sum - 1) > kColumnSumTolerance) {
        return fault("prior", "sums to " + number_text(sum) + ", expected 1 within 1e-9");
    }
    return std::nullopt;
}

} // namespace

std::optional<ModelFault> hierarchy_fault(const HierarchicalModel& model) {
    if (model.levels.empty()) {
        return fault("levels", "is empty, expected at least one level");
    }
    if (model.episode_length == 0) {
        return fault("episode_length", "is 0, expected at least 1");
    }
    for (std::size_t at = 0; at < model.levels.size(); ++at) {
        if (auto found = shape_fault(model, at)) {
            return found;
        }
    }
    for (std::size_t at = 0; at < model.levels.size(); ++at) {
        if (auto found = entries_fault(model.levels[at], at)) {
            return found;
        }
    }
    return prior_fault(model.prior, model.levels.back().states());
}

HierarchicalModel random_hierarchy(const RandomHierarchyOptions& options, std::uint64_t seed) {
    HierarchicalModel model;
    model.episode_length = options.episode_length;
    std::size_t below = options.outcomes;
    for (std::size_t at = 0; at < options.states.size(); ++at) {
        const std::size_t states = options.states[at];
        FactoredModel chain = random_model({.state_counts = {states},
                                            .action_counts = {1},
                                            .outcome_counts = {below},
                                            .sharpness = options.sharpness},
                                           derived_seed(seed, at));
        HierarchyLevel level{std::move(chain.likelihoods[0]), std::move(chain.transitions[0])};
        level.transition.shape.pop_back();
        model.levels.push_back(std::move(level));
        below = states;
    }
    model.prior.assign(below, 1.0 / static_cast<double>(below));
    return model;
}

} // namespace assay::active_inference
