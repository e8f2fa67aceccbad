// Many agents of one model, divided among lanes: every round each agent takes a step. Agents do not
// meet, so what an agent does depends on its number and the round alone, not on the lanes.
//
//   AgentCrowd crowd(model, pool, {.agents = 64, .lanes = 2, .tensors = TensorOwner::agent});
//   // on the thread of each lane:
//   crowd.enter(lane);               // its agents and its workspace, in memory near it
//   crowd.begin(lane);               // every life from the start
//   crowd.round(lane, r, cancelled);
//
// The lanes share the model and the observations, which nobody changes.
#pragma once

#include "active_inference/agent/agent_loop.hpp"
#include "active_inference/result_digest.hpp"
#include "agent_setup.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace assay::inference {

// Whose A and B are: one set for all agents; one of each agent's own; its own, with counts, and
// learnt in every step.
enum class TensorOwner { all, agent, learner };

struct CrowdOptions {
    std::size_t agents = 1;
    std::size_t lanes = 1; // at most as many as agents
    TensorOwner tensors = TensorOwner::all;
    std::size_t horizon = 1; // steps of a policy
};

// Of a lane since begin().
struct CrowdWork {
    std::uint64_t contractions = 0;
    std::uint64_t logarithms = 0;
    std::uint64_t layouts = 0; // of A and B
};

class AgentCrowd {
public:
    AgentCrowd(const active_inference::FactoredModel& model,
               ObservationPool pool,
               CrowdOptions options);
    AgentCrowd(const AgentCrowd&) = delete;
    AgentCrowd& operator=(const AgentCrowd&) = delete;

    // Tables are there afterwards, before anything is timed.
    void enter(std::size_t lane);
    void leave(std::size_t lane) noexcept;

    void begin(std::size_t lane);

    // False: cancelled in the middle.
    bool round(std::size_t lane,
               std::uint64_t number,
               const active_inference::CancelCheck& cancelled = {});

    [[nodiscard]] std::size_t agents_of(std::size_t lane) const noexcept;

    // Of the beliefs, values and actions of the lane's agents since begin(). Digests of agents are
    // added up, so that the sum over all lanes is the same however agents are divided.
    [[nodiscard]] std::uint64_t digest(std::size_t lane) const noexcept;

    // Of each agent of the lane, in the order of their numbers.
    [[nodiscard]] std::vector<std::uint64_t> digests(std::size_t lane) const;

    [[nodiscard]] CrowdWork work(std::size_t lane) const noexcept;

    // Of one agent, as bytes() counts it.
    [[nodiscard]] static std::size_t bytes_of_one(const active_inference::FactoredModel& model,
                                                  const CrowdOptions& options);

    // Memory of the lane's agents, counted; of that, entries of tensors and counts.
    [[nodiscard]] std::size_t bytes(std::size_t lane) const noexcept;
    [[nodiscard]] std::size_t tensor_bytes(std::size_t lane) const noexcept;

private:
    struct Member {
        std::size_t number;
        active_inference::AgentState state;
        active_inference::ResultDigest digest;
    };

    // Lanes write here at once: each on cache lines of its own.
    struct alignas(128) Seat {
        std::optional<active_inference::AgentLoop> loop;
        std::vector<Member> members;
        CrowdWork before;
    };

    [[nodiscard]] std::size_t first_of(std::size_t lane) const noexcept {
        return lane * options_.agents / options_.lanes;
    }

    [[nodiscard]] CrowdWork total_work(std::size_t lane) const noexcept;

    const active_inference::FactoredModel* model_;
    CrowdOptions options_;
    ObservationPool pool_;
    std::vector<Seat> seats_;
};

} // namespace assay::inference
