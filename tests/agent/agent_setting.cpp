#include "agent_setting.hpp"

#include "active_inference/random_model.hpp"
#include "random_source/random_source.hpp"

#include <algorithm>
#include <cstring>

namespace assay::test {

using namespace active_inference;

FactoredModel grid_model(std::uint64_t seed) {
    FactoredModel model = random_model(
        {.state_counts = {5, 4}, .action_counts = {3, 2}, .outcome_counts = {5, 4}, .sharpness = 4},
        seed);
    RandomSource random(derived_seed(seed, 1));
    for (const std::size_t outcomes : model.outcome_counts) {
        Tensor& preference = model.preferences.emplace_back(Tensor{{outcomes}, {}});
        for (std::size_t o = 0; o < outcomes; ++o) {
            preference.data.push_back(4 * random.unit() - 2);
        }
    }
    for (const std::size_t states : model.state_counts) {
        std::vector<double>& prior = model.priors.emplace_back(states);
        std::ranges::generate(prior, [&] { return 0.1 + random.unit(); });
        double sum = 0;
        for (const double p : prior) {
            sum += p;
        }
        for (double& p : prior) {
            p /= sum;
        }
    }
    return model;
}

DirichletCounts counts_of(const FactoredModel& model, double scale) {
    DirichletCounts counts{model.likelihoods, model.transitions, model.priors};
    const auto raise = [&](std::vector<double>& values) {
        for (double& value : values) {
            value *= scale;
        }
    };
    for (Tensor& tensor : counts.likelihoods) {
        raise(tensor.data);
    }
    for (Tensor& tensor : counts.transitions) {
        raise(tensor.data);
    }
    for (std::vector<double>& prior : counts.priors) {
        raise(prior);
    }
    return counts;
}

std::vector<Outcome>
outcome_stream(const FactoredModel& model, std::size_t steps, std::uint64_t seed) {
    RandomSource random(seed);
    std::vector<Outcome> stream;
    for (std::size_t step = 0; step < steps; ++step) {
        for (const std::size_t outcomes : model.outcome_counts) {
            stream.push_back({.index = random.below(static_cast<std::uint32_t>(outcomes))});
        }
    }
    return stream;
}

void AgentTrace::add(const AgentState& agent, const AgentLoop& loop) {
    std::ranges::copy(std::as_const(agent.q).values(), std::back_inserter(beliefs));
    std::ranges::copy(loop.values(), std::back_inserter(values));
    std::ranges::copy(loop.posterior(), std::back_inserter(posteriors));
    std::ranges::copy(agent.chosen, std::back_inserter(actions));
}

void step_once(AgentLoop& loop, AgentState& agent, Observation observation) {
    loop.infer_states(agent, observation);
    loop.evaluate_policies(agent);
    loop.learn(agent);
    loop.choose_action(agent);
}

AgentTrace trace_of(AgentLoop& loop, AgentState& agent, std::span<const Outcome> stream) {
    AgentTrace trace;
    constexpr std::size_t modalities = 2; // of grid_model()
    for (std::size_t at = 0; at < stream.size(); at += modalities) {
        step_once(loop, agent, stream.subspan(at, modalities));
        trace.add(agent, loop);
    }
    return trace;
}

bool same_bits(std::span<const double> a, std::span<const double> b) noexcept {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

bool same_bits(const AgentTrace& a, const AgentTrace& b) noexcept {
    return same_bits(a.beliefs, b.beliefs) && same_bits(a.values, b.values) &&
           same_bits(a.posteriors, b.posteriors) && a.actions == b.actions;
}

} // namespace assay::test
