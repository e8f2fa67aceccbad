// One case of the family `evolve`: ten steps from an initial field, with the transforms that it
// takes to begin and to read. One iteration = those ten steps, always from the same field.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "step_subject.hpp"

#include <assay/suite.hpp>

#include <memory>

namespace assay::cgl {

void add_evolve(assay::suite& suite);

class EvolveCase {
public:
    explicit EvolveCase(const assay::params& params);

    void verify(assay::context& host);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    assay::context& host_;
    SubjectOptions options_;
    std::unique_ptr<StepSubject> subject_;
    ComplexField end_;
    double elapsed_ = 0; // seconds of the last run
};

} // namespace assay::cgl
