#include "agent_crowd.hpp"

#include <utility>

namespace assay::inference {

namespace ai = active_inference;

namespace {

// What depends on the model alone is kept; observations and beginnings are not, so that a step
// costs the same for every agent.
ai::AgentOptions agent_options(const CrowdOptions& crowd) {
    const bool learns = crowd.tensors == TensorOwner::learner;
    return {.horizon = crowd.horizon,
            .learning = learns ? kLearning : ai::LearningRates{},
            .caches = {.intermediates = true}};
}

// With its tables where they stay what they are: a learner has them computed in every step, whoever
// took a step before.
ai::AgentState
crowd_member(const ai::FactoredModel& model, const ai::AgentLoop& loop, TensorOwner tensors) {
    if (tensors == TensorOwner::all) {
        return ai::AgentState(model);
    }
    ai::AgentState agent = owning_agent(model, tensors == TensorOwner::learner);
    if (tensors == TensorOwner::agent) {
        loop.keep_tables(agent);
    }
    return agent;
}

} // namespace

AgentCrowd::AgentCrowd(const ai::FactoredModel& model, ObservationPool pool, CrowdOptions options)
    : model_(&model)
    , options_(options)
    , pool_(std::move(pool))
    , seats_(options.lanes) {}

void AgentCrowd::enter(std::size_t lane) {
    Seat& seat = seats_[lane];
    seat.loop.emplace(*model_, agent_options(options_));
    seat.members.reserve(agents_of(lane));
    for (std::size_t number = first_of(lane); number < first_of(lane + 1); ++number) {
        seat.members.push_back({number, crowd_member(*model_, *seat.loop, options_.tensors), {}});
    }
    static_cast<void>(round(lane, 0));
}

void AgentCrowd::leave(std::size_t lane) noexcept {
    std::vector<Member>().swap(seats_[lane].members);
    seats_[lane].loop.reset();
}

void AgentCrowd::begin(std::size_t lane) {
    Seat& seat = seats_[lane];
    for (Member& member : seat.members) {
        if (options_.tensors == TensorOwner::learner) {
            member.state = crowd_member(*model_, *seat.loop, options_.tensors);
        }
        member.state.steps = 0;
        member.digest = {};
    }
    seat.before = total_work(lane);
}

bool AgentCrowd::round(std::size_t lane, std::uint64_t number, const ai::CancelCheck& cancelled) {
    ai::AgentLoop& loop = *seats_[lane].loop;
    for (Member& member : seats_[lane].members) {
        loop.infer_states(member.state, pool_.seen_by(member.number, number));
        if (!loop.evaluate_policies(member.state, cancelled)) {
            return false;
        }
        loop.choose_action(member.state);
        loop.learn(member.state);
        member.digest.add(std::as_const(member.state.q).values());
        member.digest.add(loop.values());
        for (const std::size_t action : member.state.chosen) {
            member.digest.add(std::uint64_t{action});
        }
    }
    return true;
}

std::size_t AgentCrowd::agents_of(std::size_t lane) const noexcept {
    return first_of(lane + 1) - first_of(lane);
}

CrowdWork AgentCrowd::total_work(std::size_t lane) const noexcept {
    const ai::AgentLoop& loop = *seats_[lane].loop;
    const ai::InferenceWork states = loop.state_work();
    const ai::PolicyWork& policies = loop.policy_work();
    return {.contractions = states.contractions + policies.contractions.done,
            .logarithms = states.logarithms + policies.logarithms.done,
            .layouts = loop.layouts()};
}

CrowdWork AgentCrowd::work(std::size_t lane) const noexcept {
    const CrowdWork now = total_work(lane);
    const CrowdWork& before = seats_[lane].before;
    return {.contractions = now.contractions - before.contractions,
            .logarithms = now.logarithms - before.logarithms,
            .layouts = now.layouts - before.layouts};
}

std::uint64_t AgentCrowd::digest(std::size_t lane) const noexcept {
    std::uint64_t sum = 0;
    for (const Member& member : seats_[lane].members) {
        ai::ResultDigest own = member.digest;
        own.add(std::uint64_t{member.number}); // two agents that swap are noticed
        sum += own.value();
    }
    return sum;
}

std::vector<std::uint64_t> AgentCrowd::digests(std::size_t lane) const {
    std::vector<std::uint64_t> each;
    for (const Member& member : seats_[lane].members) {
        each.push_back(member.digest.value());
    }
    return each;
}

std::size_t AgentCrowd::bytes_of_one(const ai::FactoredModel& model, const CrowdOptions& options) {
    const ai::AgentLoop loop(model, agent_options(options));
    return crowd_member(model, loop, options.tensors).bytes() + sizeof(Member) -
           sizeof(ai::AgentState);
}

std::size_t AgentCrowd::bytes(std::size_t lane) const noexcept {
    std::size_t sum = 0;
    for (const Member& member : seats_[lane].members) {
        sum += member.state.bytes() + sizeof(Member) - sizeof(member.state);
    }
    return sum;
}

std::size_t AgentCrowd::tensor_bytes(std::size_t lane) const noexcept {
    std::size_t sum = 0;
    for (const Member& member : seats_[lane].members) {
        sum += member.state.tensor_bytes();
    }
    return sum;
}

} // namespace assay::inference
