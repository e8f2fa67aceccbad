// The family `step`: one step of one system. The order of the calls and their threads are those of
// a case class of assay/suite.hpp.
//
//   add_step(suite);
#pragma once

#include "stepping_case.hpp"

namespace assay::kuramoto_suite {

void add_step(assay::suite& suite);

class StepCase : public SteppingCase {
public:
    explicit StepCase(const assay::params& params);
};

} // namespace assay::kuramoto_suite
