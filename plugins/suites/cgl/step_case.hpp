// One case of the family `step`: steps of a turbulent field, or the transforms alone that such
// steps contain. One iteration = one step.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "step_subject.hpp"

#include <assay/suite.hpp>

#include <memory>

namespace assay::cgl {

void add_step(assay::suite& suite);

class StepCase {
public:
    explicit StepCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    assay::context& host_;
    SubjectOptions options_;
    std::unique_ptr<StepSubject> subject_;
    double elapsed_ = 0; // seconds of the last run
};

} // namespace assay::cgl
