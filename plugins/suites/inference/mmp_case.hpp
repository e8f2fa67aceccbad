// The family `mmp`: beliefs about all steps of a window and of a policy by marginal message
// passing. One iteration = one policy, likelihoods of the window included.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/trajectories/marginal_message_passing.hpp"
#include "model_axis.hpp"
#include "trajectory_case.hpp"

#include <assay/suite.hpp>

namespace assay::inference {

void add_mmp(assay::suite& suite, const ModelAxis& models);

class MmpCase : public TrajectoryCase<active_inference::MarginalMessagePassing,
                                      active_inference::MarginalMessageOptions> {
public:
    explicit MmpCase(const assay::params& params);

    void verify(assay::context& host);
};

} // namespace assay::inference
