#include "app/session/launch_request.hpp"

#include <algorithm>
#include <cmath>

namespace assay::app {
namespace {

// For cases that name no timeout_s of their own: minutes of silence are a hang to whoever waits.
constexpr std::chrono::milliseconds kLaunchTimeout{60'000};
// A plugin may say 1e300 s: whoever means for ever gets a year.
constexpr double kTimeoutMax_s = 365.0 * 24 * 3600;

} // namespace

measure::LaunchRequest launch_request(const SessionSuite& suite,
                                      const plan::PlannedCase& planned,
                                      const SessionOptions& options) {
    measure::LaunchRequest request;
    request.suite = suite.description.name;
    request.config_json = suite.config_json;
    request.family = static_cast<std::uint32_t>(planned.family);
    request.params = planned.params;
    request.case_id = planned.id;
    request.seed = options.seed;
    request.lanes = suite.description.families[planned.family].max_lanes;
    request.batch_bytes_max = options.batch_bytes_max;
    request.strict = options.strict;
    request.open_clock = options.open_clock;
    return request;
}

measure::LaunchRequest verifying_request(const SessionSuite& suite,
                                         const plan::PlannedCase& planned,
                                         const SessionOptions& options) {
    measure::LaunchRequest request = launch_request(suite, planned, options);
    request.verify = true;
    request.first_iteration = true;
    request.scaling_check = true;
    // Nothing is timed for a figure, and without a turn nothing could become steady.
    request.warmup_slices_max = 0;
    return request;
}

workers::Deadline launch_deadline(const measure::FamilyDescription& family,
                                  const SessionOptions& options) {
    workers::Deadline deadline;
    deadline.timeout = kLaunchTimeout;
    if (options.timeout) {
        deadline.timeout = *options.timeout;
    } else if (family.timeout_s > 0) {
        deadline.timeout = std::chrono::milliseconds(
            std::llround(std::clamp(family.timeout_s, 1e-3, kTimeoutMax_s) * 1e3));
    }
    return deadline;
}

} // namespace assay::app
