#include "agent_crowd.hpp"

#include <utility>

namespace assay::inference {

namespace ai = active_inference;

AgentCrowd::AgentCrowd(const ai::FactoredModel& model, ObservationPool pool, CrowdOptions options)
    : model_(&model)
    , options_(options)
    , pool_(std::move(pool))
    , seats_(options.lanes) {}

ai::AgentState AgentCrowd::newborn() const {
    return options_.tensors == TensorOwner::all
               ? ai::AgentState(*model_)
               : owning_agent(*model_, options_.tensors == TensorOwner::learner);
}

void AgentCrowd::enter(std::size_t lane) {
    Seat& seat = seats_[lane];
    const bool learns = options_.tensors == TensorOwner::learner;
    // What depends on the model alone is kept; observations and beginnings are not, so that a step
    // costs the same for every agent.
    seat.loop.emplace(*model_,
                      ai::AgentOptions{.learning = learns ? kLearning : ai::LearningRates{},
                                       .caches = {.intermediates = true}});
    seat.members.reserve(agents_of(lane));
    for (std::size_t number = first_of(lane); number < first_of(lane + 1); ++number) {
        seat.members.push_back({number, newborn(), {}});
    }
}

void AgentCrowd::leave(std::size_t lane) noexcept {
    std::vector<Member>().swap(seats_[lane].members);
    seats_[lane].loop.reset();
}

void AgentCrowd::begin(std::size_t lane) {
    for (Member& member : seats_[lane].members) {
        if (options_.tensors == TensorOwner::learner) {
            member.state = newborn();
        }
        member.state.steps = 0;
        member.digest = {};
    }
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

std::uint64_t AgentCrowd::digest(std::size_t lane) const noexcept {
    std::uint64_t sum = 0;
    for (const Member& member : seats_[lane].members) {
        ResultDigest own = member.digest;
        own.add(std::uint64_t{member.number}); // two agents that swap are noticed
        sum += own.value();
    }
    return sum;
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
