// Launches the bad plugins of tests/fixtures with real workers. Every call checks that nothing is
// left afterwards: no process of the group, no zombie, no scratch folder, no turn.
#pragma once

#include "workers/worker.hpp"

#include <string>

namespace assay::workers::testing {

[[nodiscard]] SupervisorOptions real_worker();
[[nodiscard]] std::string plugin_path(const std::string& sin);

// Loading alone.
[[nodiscard]] Result<Hello> load(const std::string& sin, std::chrono::milliseconds timeout);

// Loading and describing.
[[nodiscard]] Result<measure::SuiteDescription> describe(const std::string& sin);

struct Launched {
    LaunchOutcome outcome;
    Death death;
    std::string last_log;
};

// For what is not about time: a busy machine may take long to start a process.
inline constexpr std::chrono::milliseconds kUnhurried{120'000};

inline constexpr Deadline kPatient{
    std::chrono::milliseconds(120'000), std::chrono::milliseconds(2000), std::chrono::seconds(1)};
inline constexpr Deadline kImpatient{
    std::chrono::milliseconds(300), std::chrono::milliseconds(200), std::chrono::milliseconds(500)};

// One short launch of the plugin's "sin" or "fine" family.
[[nodiscard]] Launched launch_sin(const std::string& sin, const Deadline& deadline = kPatient);
[[nodiscard]] Launched launch_fine(const std::string& sin);

} // namespace assay::workers::testing
