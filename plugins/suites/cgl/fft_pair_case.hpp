// One case of the family `fft_pair`: a forward and a backward transform, the bound of all the other
// families. One iteration = one pair.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "step_subject.hpp"

#include <assay/suite.hpp>

#include <memory>

namespace assay::cgl {

void add_fft_pair(assay::suite& suite);

class FftPairCase {
public:
    explicit FftPairCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    SubjectOptions options_;
    std::unique_ptr<StepSubject> subject_;
};

} // namespace assay::cgl
