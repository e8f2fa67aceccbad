// The metric that every launch of a case has samples of: summary and the samples themselves.
//
//   report::MetricResult setup = launch_metric("setup_time", "s", Direction::lower, launches);
//
// Pure function; any thread.
#pragma once

#include "report/event.hpp"

#include <string>
#include <vector>

namespace assay::app {

// `launches[i]`: the samples of launch i; one without any is left out, but for its place among
// `launch_figures`.
[[nodiscard]] report::MetricResult launch_metric(std::string key,
                                                 std::string unit,
                                                 measure::Direction direction,
                                                 const std::vector<std::vector<double>>& launches);

} // namespace assay::app
