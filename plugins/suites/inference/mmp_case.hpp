// The family `mmp`: beliefs about all steps of a window and of a policy by marginal message
// passing. One iteration = one policy, likelihoods of the window included.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/trajectories/marginal_message_passing.hpp"
#include "mmp_window.hpp"
#include "model_axis.hpp"
#include "result_digest.hpp"

#include <assay/suite.hpp>

#include <cstdint>

namespace assay::inference {

void add_mmp(assay::suite& suite, const ModelAxis& models);

// The metrics of an inference over time; of every family that is one.
void add_trajectory_metrics(assay::family_builder family);

// Work of one iteration of a batch that did `done`; untimed.
void report_trajectory_work(const active_inference::TrajectoryWork& before,
                            const active_inference::TrajectoryWork& after,
                            std::uint64_t done,
                            assay::context& host);

class MmpCase {
public:
    explicit MmpCase(const assay::params& params);

    void verify(assay::context& host);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    WindowProblem problem_;
    active_inference::MarginalMessageOptions options_;
    active_inference::MarginalMessagePassing solver_;
    active_inference::Trajectory trajectory_;
    active_inference::TrajectoryWork before_; // of the batch
    ResultDigest digest_;
    bool ran_ = false;
};

} // namespace assay::inference
