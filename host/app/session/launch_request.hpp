// What a worker is asked, from what the user asked: the part that a launch of `run` and a launch of
// a comparison have in common.
//
//   measure::LaunchRequest request = launch_request(suite, planned, options);
//   request.slices = 12;
//
// Pure; callable from any thread.
#pragma once

#include "app/session/session_options.hpp"
#include "measure/launch.hpp"
#include "plan/plan.hpp"
#include "workers/worker.hpp"

namespace assay::app {

// Names the case, its settings and its seed; asks for no slice yet.
measure::LaunchRequest launch_request(const SessionSuite& suite,
                                      const plan::PlannedCase& planned,
                                      const SessionOptions& options);

// The untimed launch that every case begins with: verification, first iteration, n against 2n.
measure::LaunchRequest verifying_request(const SessionSuite& suite,
                                         const plan::PlannedCase& planned,
                                         const SessionOptions& options);

// The user's deadline, else the family's own, else a minute.
workers::Deadline launch_deadline(const measure::FamilyDescription& family,
                                  const SessionOptions& options);

} // namespace assay::app
