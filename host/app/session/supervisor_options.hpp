// How workers are started, from what the user asked for.
//
//   workers::Supervisor supervisor(supervisor_options(settings));
//
// Pure; callable from any thread.
#pragma once

#include "app/settings.hpp"
#include "workers/worker.hpp"

namespace assay::app {

workers::SupervisorOptions supervisor_options(const Settings& settings);

} // namespace assay::app
