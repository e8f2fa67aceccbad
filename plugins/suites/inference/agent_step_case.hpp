// The families `agent_step` and `policy_latency`: one agent, step after step. One iteration of
// `agent_step` is a whole step, with the time of its stages beside it; one of `policy_latency` is
// a whole step too, of which the evaluation of the policies alone is timed, every one of them.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/agent/agent_loop.hpp"
#include "active_inference/result_digest.hpp"
#include "agent_setup.hpp"

#include <assay/suite.hpp>

#include <cstdint>

namespace assay::inference {

void add_agent_step(assay::suite& suite, const ModelAxis& models);

class AgentStepCase {
public:
    explicit AgentStepCase(const assay::params& params);
    AgentStepCase(const AgentStepCase&) = delete;
    AgentStepCase& operator=(const AgentStepCase&) = delete;

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

protected:
    [[nodiscard]] active_inference::AgentState newborn() const;
    void digest_step() noexcept;

    active_inference::FactoredModel model_;
    active_inference::AgentOptions options_;
    const assay::context* clock_;
    ObservationPool pool_;
    active_inference::AgentLoop loop_;
    active_inference::AgentState agent_;
    active_inference::ResultDigest digest_;
    bool ran_ = false;

private:
    // Nanoseconds of the batch.
    struct Stages {
        std::uint64_t states = 0, policies = 0, action = 0, learning = 0;
    };

    void warm_up();
    [[nodiscard]] std::size_t check_formula() const;
    [[nodiscard]] std::size_t check_against(active_inference::AgentCaches caches) const;

    Stages stages_;
    active_inference::InferenceWork states_before_;
    active_inference::PolicyWork policies_before_;
};

class PolicyLatencyCase : public AgentStepCase {
public:
    using AgentStepCase::AgentStepCase;

    void run(assay::batch& batch);
    void finish(assay::batch& batch);
};

} // namespace assay::inference
