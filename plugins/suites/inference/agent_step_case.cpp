#include "agent_step_case.hpp"

#include "active_inference/agent/agent_fault.hpp"
#include "agent_formula.hpp"

#include <assay/clock.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

constexpr std::size_t kStepsVerified = 64;
constexpr std::size_t kStepsByFormula = 4;
constexpr std::size_t kPoliciesVerified = 4096; // of all steps together; two steps at the least
// Of remembered likelihoods: every observation's of the models here, hardly more.
constexpr std::size_t kLikelihoodBytes = std::size_t{1} << 18;

bool learns_of(const assay::params& params) {
    const std::string learning = params.str("learning");
    if (learning != "on" && learning != "off") {
        throw assay::config_error("learning=" + learning + ": expected on or off");
    }
    return learning == "on";
}

ai::AgentOptions agent_options_of(const assay::params& params, const ai::FactoredModel& model) {
    ai::AgentCaches caches = agent_caches(params.str("caches"));
    caches.likelihood_cache.limit_bytes = kLikelihoodBytes;
    if (caches.likelihoods && model.outcome_counts.size() > ai::KeptLikelihoods::kModalitiesMax) {
        throw assay::skip("caches=" + params.str("caches") +
                          ": the cache of likelihoods takes models of at most " +
                          std::to_string(ai::KeptLikelihoods::kModalitiesMax) +
                          " modalities, this one has " +
                          std::to_string(model.outcome_counts.size()));
    }
    const ai::AgentOptions options{.horizon = horizon_of(params, model),
                                   .learning = learns_of(params) ? kLearning : ai::LearningRates{},
                                   .caches = caches};
    if (const auto fault = ai::agent_fault(model, options)) {
        throw assay::config_error("model=" + params.str("model") + ": " + *fault);
    }
    return options;
}

// Fewer where there are many policies, so that verification ends soon; two, as the second begins
// with an action.
std::size_t steps_to_verify(const ai::AgentLoop& loop, std::size_t most) {
    return std::clamp<std::size_t>(kPoliciesVerified / loop.policies().size(), 2, most);
}

bool equal_bits(std::span<const double> a, std::span<const double> b) {
    return std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

void check_distributions(std::size_t step,
                         const ai::AgentState& agent,
                         std::span<const double> posterior) {
    double sum = 0;
    for (const double probability : posterior) {
        sum += probability;
    }
    bool fine = std::abs(sum - 1) < 1e-12;
    for (const double share : agent.q.values()) {
        fine = fine && std::isfinite(share) && share >= 0;
    }
    if (!fine) {
        throw assay::wrong_result("step " + std::to_string(step) +
                                  ": beliefs or the posterior of policies are no distribution");
    }
}

} // namespace

AgentStepCase::AgentStepCase(const assay::params& params)
    : model_(model_of(params))
    , options_(agent_options_of(params, model_))
    , clock_(&params.context())
    , pool_(observations_of(params, model_, kObservationsOfAgents))
    , loop_(model_, options_)
    , agent_(newborn()) {
    warm_up();
}

ai::AgentState AgentStepCase::newborn() const {
    return options_.learning.any() ? owning_agent(model_, true) : ai::AgentState(model_);
}

std::size_t AgentStepCase::check_against(ai::AgentCaches caches) const {
    ai::AgentOptions other_options = options_;
    other_options.caches = caches;
    ai::AgentLoop loop(model_, options_), other(model_, other_options);
    ai::AgentState agent = newborn(), twin = newborn();
    const std::size_t steps = steps_to_verify(loop, kStepsVerified);
    std::size_t compared = 0;
    for (std::size_t step = 0; step < steps; ++step) {
        for (const auto& [runs, who] : {std::pair{&loop, &agent}, std::pair{&other, &twin}}) {
            runs->infer_states(*who, pool_.seen_by(0, step));
            runs->evaluate_policies(*who);
            runs->choose_action(*who);
            runs->learn(*who);
        }
        check_distributions(step, agent, loop.posterior());
        if (!equal_bits(std::as_const(agent.q).values(), std::as_const(twin.q).values()) ||
            !equal_bits(loop.values(), other.values()) || agent.chosen != twin.chosen) {
            throw assay::wrong_result("step " + std::to_string(step) +
                                      " differs between two settings of the caches");
        }
        compared += agent.q.values().size() + loop.values().size() + agent.chosen.size();
    }
    return compared;
}

std::size_t AgentStepCase::check_formula() const {
    ai::AgentLoop loop(model_, options_);
    ai::AgentState agent = newborn();
    FormulaAgent formula(agent.own ? agent.own->model : model_,
                         options_,
                         agent.own ? agent.own->counts : ai::DirichletCounts{});
    const std::size_t steps = steps_to_verify(loop, kStepsByFormula);
    std::size_t compared = 0;
    for (std::size_t step = 0; step < steps; ++step) {
        const ai::Observation seen = pool_.seen_by(0, step);
        loop.infer_states(agent, seen);
        loop.evaluate_policies(agent);
        loop.choose_action(agent);
        formula.step(seen);
        compared += formula.hold(agent, loop);
        loop.learn(agent);
        formula.learn();
    }
    return compared;
}

void AgentStepCase::verify(assay::context& host) {
    ai::AgentCaches all = agent_caches("all");
    all.likelihoods = model_.outcome_counts.size() <= ai::KeptLikelihoods::kModalitiesMax;
    const std::size_t compared = check_formula() + check_against({}) + check_against(all);
    host.metric("values_verified", static_cast<double>(compared));
}

// So that a batch finds the cache of likelihoods as full as it gets: with all observations, or,
// where learning makes every entry a new one, evicting; or refusing what never fits.
void AgentStepCase::warm_up() {
    const ai::ByteCache* const cache = loop_.likelihoods().cache();
    const bool learns = options_.learning.any();
    const auto full = [&](std::size_t step) {
        return cache->counts().rejections > 0 ||
               (learns ? cache->counts().evictions > 0 : step >= kObservationsOfAgents);
    };
    for (std::size_t step = 0; cache != nullptr && !full(step); ++step) {
        loop_.infer_states(agent_, pool_.seen_by(0, step));
        loop_.learn(agent_);
    }
}

// Every batch is the life of another agent that starts alike.
void AgentStepCase::prepare(assay::batch&) {
    agent_ = newborn();
}

void AgentStepCase::digest_step() noexcept {
    digest_.add(std::as_const(agent_.q).values());
    digest_.add(loop_.values());
    for (const std::size_t action : agent_.chosen) {
        digest_.add(std::uint64_t{action});
    }
}

void AgentStepCase::run(assay::batch& batch) {
    states_before_ = loop_.state_work();
    policies_before_ = loop_.policy_work();
    digest_ = {};
    stages_ = {};
    const ai::CancelCheck cancelled = [&batch] { return batch.cancelled(); };
    std::uint64_t done = 0;
    for (; done < batch.iterations(); ++done) {
        const std::uint64_t begin = clock_->now_ns();
        loop_.infer_states(agent_, pool_.seen_by(0, done));
        const std::uint64_t inferred = clock_->now_ns();
        if (!loop_.evaluate_policies(agent_, cancelled)) {
            break;
        }
        const std::uint64_t evaluated = clock_->now_ns();
        loop_.choose_action(agent_);
        const std::uint64_t chosen = clock_->now_ns();
        loop_.learn(agent_);
        const std::uint64_t learnt = clock_->now_ns();
        stages_.states += inferred - begin;
        stages_.policies += evaluated - inferred;
        stages_.action += chosen - evaluated;
        stages_.learning += learnt - chosen;
        digest_step();
    }
    batch.done(done);
    batch.items(done);
    ran_ = true;
}

void AgentStepCase::finish(assay::batch& batch, assay::context& host) {
    if (!std::exchange(ran_, false)) {
        return;
    }
    batch.checksum(digest_.value());
    if (batch.is_warmup() || batch.done() == 0) {
        return;
    }
    const auto each = [&](std::uint64_t after, std::uint64_t before = 0) {
        return static_cast<double>(after - before) / static_cast<double>(batch.done());
    };
    host.metric("state_time", each(stages_.states));
    host.metric("policy_time", each(stages_.policies));
    host.metric("action_time", each(stages_.action));
    host.metric("learning_time", each(stages_.learning));
    const ai::InferenceWork states = loop_.state_work();
    const ai::PolicyWork& policies = loop_.policy_work();
    host.metric("contractions",
                each(states.contractions, states_before_.contractions) +
                    each(policies.contractions.done, policies_before_.contractions.done));
    host.metric("logarithms",
                each(states.logarithms, states_before_.logarithms) +
                    each(policies.logarithms.done, policies_before_.logarithms.done));
}

void PolicyLatencyCase::run(assay::batch& batch) {
    digest_ = {};
    assay_batch& raw = batch.raw();
    const bool native =
        static_cast<std::int64_t>(raw.latency_ticks) == std::int64_t{ASSAY_TICKS_NATIVE};
    if (!native) {
        raw.latency_ticks = ASSAY_TICKS_NS;
    }
    const ai::CancelCheck cancelled = [&batch] { return batch.cancelled(); };
    std::uint64_t done = 0;
    for (; done < batch.iterations(); ++done) {
        loop_.infer_states(agent_, pool_.seen_by(0, done));
        const std::uint64_t begin = native ? assay_ticks_begin() : clock_->now_ns();
        if (!loop_.evaluate_policies(agent_, cancelled)) {
            break;
        }
        const std::uint64_t end = native ? assay_ticks_end() : clock_->now_ns();
        raw.latency[done] = end - begin;
        loop_.choose_action(agent_);
        loop_.learn(agent_);
        digest_step();
    }
    batch.latency_stored(done);
    batch.done(done);
    ran_ = true;
}

void PolicyLatencyCase::finish(assay::batch& batch) {
    if (std::exchange(ran_, false)) {
        batch.checksum(digest_.value());
    }
}

namespace {

void add_agent_axes(assay::family_builder family, const ModelAxis& models) {
    models.add(family,
               {.names = {"25x12", "5x5", "10x10x5"},
                .standard = 1,
                .help = "states of each factor, moved by 4 actions each; as many modalities, each "
                        "sees all"});
    models.add_horizon(family);
    family.axis("learning", {"off", "on"})
        .help("on: the agent learns A and B in every step, which makes caches forget")
        .quick(1);
    family.axis("caches", {"off", "all", "likelihoods", "transitions", "intermediates"})
        .help("likelihoods by what was observed, beginnings of policies, tables of the model")
        .variant("off")
        .quick(2)
        .standard(2);
}

void add_agent_verified(assay::family_builder family) {
    family.metric("values_verified", "{value}", assay::no_direction, assay::sum)
        .help(
            "beliefs, G and actions of up to 64 steps, compared bit for bit with all caches off "
            "and "
            "on; these and the posterior of policies of up to 4 steps, compared with the formulas")
        .exact();
}

void add_agent_stages(assay::family_builder family) {
    family.metric("state_time", "ns", assay::lower)
        .help("inferring states in a step, by the wall clock, as the other stages");
    family.metric("policy_time", "ns", assay::lower).help("evaluating the policies in a step");
    family.metric("action_time", "ns", assay::lower).help("choosing the action in a step");
    family.metric("learning_time", "ns", assay::lower)
        .help("learning in a step; the stages add up to at most wall_time");
    family.metric("contractions", "{contraction}", assay::no_direction, assay::mean)
        .help("tensor contractions of a step");
    family.metric("logarithms", "{logarithm}", assay::no_direction, assay::mean)
        .help("logarithms of a step");
}

} // namespace

void add_agent_step(assay::suite& suite, const ModelAxis& models) {
    auto step = suite.custom<AgentStepCase>("agent_step", assay::shape::independent);
    step.help("a step of one agent: infer states, evaluate policies, act, learn")
        .tags("active-inference", "agent");
    add_agent_axes(step, models);
    add_agent_stages(step);
    add_agent_verified(step);

    auto latency = suite.custom<PolicyLatencyCase>("policy_latency", assay::shape::latency);
    latency.help("how long an agent thinks about its policies, step by step: percentiles")
        .tags("active-inference", "agent");
    add_agent_axes(latency, models);
    add_agent_verified(latency);
}

} // namespace assay::inference
