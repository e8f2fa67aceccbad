#include "active_inference/agent/agent_loop.hpp"

#include "active_inference/agent/agent_fault.hpp"
#include "active_inference/policies/policy_posterior.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

namespace assay::active_inference {
namespace {

AgentOptions checked(const FactoredModel& model, AgentOptions options) {
    if (const std::optional<std::string> fault = agent_fault(model, options)) {
        throw std::invalid_argument(*fault);
    }
    return options;
}

std::optional<ByteCacheOptions> likelihood_cache(const AgentCaches& caches) {
    return caches.likelihoods ? std::optional(caches.likelihood_cache) : std::nullopt;
}

} // namespace

AgentLoop::AgentLoop(const FactoredModel& model, AgentOptions options)
    : model_(&model)
    , options_(checked(model, std::move(options)))
    , likelihoods_(model, likelihood_cache(options_.caches))
    , iteration_(model.state_counts, likelihoods_.groups(), options_.states)
    , efe_(model,
           nullptr,
           {.horizon = options_.horizon,
            .cache = options_.caches.intermediates,
            .share_beginnings = options_.caches.transitions})
    , learner_(model)
    , observed_(model.outcome_counts.size())
    , prior_(model.state_counts)
    , posterior_(efe_.policies().size())
    , actions_(model.action_counts) {}

AgentLoop::Turn::Turn(AgentLoop& loop, const AgentState& agent) noexcept
    : loop_(loop)
    , tables_(agent.own && agent.own->tables ? &*agent.own->tables : nullptr) {
    const FactoredModel& model = loop.model_of(agent);
    const std::uint64_t identity = agent.own ? agent.own->identity : 0;
    loop.likelihoods_.use_model(model, identity);
    if (tables_ != nullptr) {
        before_ = loop.efe_.exchange(&model, *tables_);
    } else if (std::exchange(loop.attended_, identity) != identity) {
        loop.efe_.use_model(model, nullptr);
    }
}

AgentLoop::Turn::~Turn() {
    if (tables_ != nullptr) {
        loop_.efe_.exchange(before_, *tables_);
    }
}

void AgentLoop::keep_tables(AgentState& agent) const {
    agent.own->tables = efe_.new_tables();
}

void AgentLoop::set_prior(const AgentState& agent) noexcept {
    const FactoredModel& model = model_of(agent);
    prior_.set_uniform();
    for (std::size_t f = 0; f < model.priors.size(); ++f) {
        std::ranges::copy(model.priors[f], prior_[f].begin());
    }
}

FixedPointResult AgentLoop::infer_states(AgentState& agent, Observation observation) {
    const Turn turn(*this, agent);
    std::ranges::copy(observation, observed_.begin());
    if (agent.steps == 0) {
        set_prior(agent);
    } else {
        std::swap(agent.before, agent.q);
        std::ranges::copy(agent.chosen, agent.taken.begin());
        efe_.predict(agent.taken, agent.before, prior_);
    }
    agent.q.set_uniform();
    const FixedPointResult result = iteration_(likelihoods_.observe(observed_), prior_, agent.q);
    if (agent.steps == 0) {
        agent.first = agent.q;
    }
    ++agent.steps;
    return result;
}

bool AgentLoop::evaluate_policies(const AgentState& agent, const CancelCheck& cancelled) {
    const Turn turn(*this, agent);
    if (!efe_.evaluate(agent.q, cancelled)) {
        return false;
    }
    policy_posterior(
        efe_.values(), {.gamma = options_.gamma, .prior = model_->policy_prior}, posterior_);
    return true;
}

void AgentLoop::learn(AgentState& agent) {
    const LearningRates& rates = options_.learning;
    if (rates.likelihoods > 0) {
        AgentTensors& own = *agent.own;
        learner_.learn_likelihoods(observed_, agent.q, rates.likelihoods, own.counts, own.model);
    }
    if (rates.transitions > 0 && agent.steps > 1) {
        AgentTensors& own = *agent.own;
        learner_.learn_transitions(
            agent.taken, agent.before, agent.q, rates.transitions, own.counts, own.model);
    }
}

void AgentLoop::learn_prior(AgentState& agent) {
    if (options_.learning.priors > 0 && agent.steps > 0) {
        AgentTensors& own = *agent.own;
        learner_.learn_priors(agent.first, options_.learning.priors, own.counts, own.model);
    }
}

void AgentLoop::choose_action(AgentState& agent) noexcept {
    action_marginals(efe_.policies(), posterior_, actions_);
    choose_actions(actions_, agent.chosen);
}

InferenceWork AgentLoop::state_work() const noexcept {
    InferenceWork sum = iteration_.work();
    sum.logarithms += likelihoods_.logarithms();
    return sum;
}

} // namespace assay::active_inference
