// One case of the family `work_precision`: the least number of steps with which a method comes as
// near to the true field at T = 1 as asked for, and what that costs. One iteration = that run, from
// the initial field to the field that is read.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "step_subject.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <memory>
#include <vector>

namespace assay::cgl {

void add_work_precision(assay::suite& suite);

struct WorkPoint {
    std::size_t steps = 0;
    double error = 0, seconds = 0;
};

class WorkPrecisionCase {
public:
    explicit WorkPrecisionCase(const assay::params& params);

    void verify(assay::context& host);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    [[nodiscard]] SubjectOptions with_steps(std::size_t steps) const;
    [[nodiscard]] WorkPoint point_of(std::size_t steps);
    // The curve from 8 to 512 steps as CSV. Throws assay::wrong_result where errors do not fall by
    // the order of the method.
    void attach_curve(assay::context& host);
    // Throws assay::unavailable where no number of steps is enough.
    [[nodiscard]] std::size_t steps_needed();

    assay::context& host_;
    SubjectOptions options_;
    double goal_;
    ComplexField truth_, end_;
    std::unique_ptr<StepSubject> subject_; // with the steps that are needed
    std::size_t steps_ = 0;
    double error_ = 0;
};

} // namespace assay::cgl
