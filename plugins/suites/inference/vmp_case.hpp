// The family `vmp`: beliefs about all steps of a window by variational or marginal message passing,
// all steps and factors at once from the beliefs of the round before. One iteration = one window.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/trajectories/variational_message_passing.hpp"
#include "mmp_window.hpp"
#include "model_axis.hpp"
#include "result_digest.hpp"

#include <assay/suite.hpp>

#include <cstdint>

namespace assay::inference {

void add_vmp(assay::suite& suite, const ModelAxis& models);

class VmpCase {
public:
    explicit VmpCase(const assay::params& params);

    void verify(assay::context& host);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    WindowProblem problem_;
    active_inference::VariationalMessageOptions options_;
    active_inference::VariationalMessagePassing solver_;
    active_inference::Trajectory trajectory_;
    active_inference::TrajectoryWork before_; // of the batch
    ResultDigest digest_;
    bool ran_ = false;
};

} // namespace assay::inference
