// The families `agents_1`, `agents_2`, `agents_4` ...: many agents on so many lanes, up to the
// processors there are. One iteration = one round, in which every agent takes a step. What one lane
// takes for all these agents is measured once in every launch, beside its timed batches.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "agent_crowd.hpp"
#include "lane_efficiency.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace assay::inference {

void add_agents(assay::suite& suite, const ModelAxis& models);

class AgentsCase {
public:
    explicit AgentsCase(const assay::params& params);
    AgentsCase(const AgentsCase&) = delete;
    AgentsCase& operator=(const AgentsCase&) = delete;

    void lane_enter(assay::lane lane) { crowd_.enter(lane.index); }

    void lane_leave(assay::lane lane) { crowd_.leave(lane.index); }

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    struct Moment {
        std::uint64_t wall_ns = 0, cpu_ns = 0; // of this thread
    };

    [[nodiscard]] Moment now() const noexcept;

    void measure_one_lane(const assay::batch& batch);
    void report_efficiency(const assay::batch& batch, assay::context& host);

    active_inference::FactoredModel model_;
    CrowdOptions options_;
    const assay::context* clock_;
    ObservationPool pool_;
    AgentCrowd crowd_;
    std::vector<LaneTime> times_;
    std::optional<RoundTime> one_lane_;
};

} // namespace assay::inference
