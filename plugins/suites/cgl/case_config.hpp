// What a case really ran with, as the document it attaches.
//
//   attach_config(host, options, {{"replicas", "8"}});
//
// Any thread.
#pragma once

#include "step_subject.hpp"

#include <assay/context.hpp>

#include <map>
#include <string>

namespace assay::cgl {

// Parameters, FFTW's version, how it planned and what it knows, the level of the processor; `more`:
// members of the case's own, name to JSON value.
void attach_config(assay::context& host,
                   const SubjectOptions& options,
                   const std::map<std::string, std::string>& more = {});

} // namespace assay::cgl
