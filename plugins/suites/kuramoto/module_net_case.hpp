// The family `module_net`: the eight modules of the NFCS system, a tick of its 10 Hz loop each. The
// order of the calls and their threads are those of a case class of assay/suite.hpp.
//
//   add_module_net(suite);
#pragma once

#include "stepping_case.hpp"

namespace assay::kuramoto_suite {

void add_module_net(assay::suite& suite);

class ModuleNetCase : public SteppingCase {
public:
    explicit ModuleNetCase(const assay::params& params);

    // Also how far the modules agree once settled.
    void verify(assay::context& host);
};

} // namespace assay::kuramoto_suite
