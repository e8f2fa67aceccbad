// The family `vmp`: beliefs about all steps of a window by variational or marginal message passing,
// all steps and factors at once from the beliefs of the round before. One iteration = one window.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/trajectories/variational_message_passing.hpp"
#include "model_axis.hpp"
#include "trajectory_case.hpp"

#include <assay/suite.hpp>

namespace assay::inference {

void add_vmp(assay::suite& suite, const ModelAxis& models);

class VmpCase : public TrajectoryCase<active_inference::VariationalMessagePassing,
                                      active_inference::VariationalMessageOptions> {
public:
    explicit VmpCase(const assay::params& params);

    void verify(assay::context& host);
};

} // namespace assay::inference
