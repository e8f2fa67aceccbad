// The process environment, by the names that app/ knows it by: support/environment.hpp.
#pragma once

#include "support/environment.hpp"

namespace assay::app {

using assay::Environment;
using assay::process_environment;

} // namespace assay::app
