// What this machine can tell apart, measured in half a second and kept for some minutes, so that
// every run and comparison can say it and follow what it decides.
//
//   const MachineResolution machine = machine_resolution(resolution_file(), unix_now_ns());
//   follow(machine, options);                     // pinned or not, the clock of open cases
//   describe_machine(machine, {.margin = 0.01, .budget_s = 10}, document);
//
// Measures on the calling thread; nothing else should run meanwhile.
#pragma once

#include "app/session/session_options.hpp"
#include "measure/machine_sample.hpp"
#include "support/json.hpp"
#include "verdict/resolution.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace assay::app {

struct MachineResolution {
    verdict::Resolution resolution;
    std::uint64_t measured_ns = 0;       // unix time
    std::optional<double> calibration_s; // machine_calibration.hpp; never older than this object
};

// Load changes; a resolution of yesterday says nothing about now.
inline constexpr std::uint64_t kResolutionKept_ns = 600'000'000'000;

// In the cache folder of this user.
std::filesystem::path resolution_file();

// From the file, if it was measured on this machine with these CPUs in the last ten minutes;
// otherwise measured now and kept. A file that cannot be read or written is no error: then it is
// measured each time. The calibration is of now in either case: from the sample, or from `kernels`
// where the rest is kept.
MachineResolution
machine_resolution(const std::filesystem::path& file,
                   std::uint64_t now_ns,
                   const std::function<measure::MachineSample()>& sample = measure::sample_machine,
                   const std::function<measure::KernelSlices()>& kernels = measure::sample_kernels);

// Measured now, and kept for the next who asks.
MachineResolution
measure_machine(const std::filesystem::path& file,
                std::uint64_t now_ns,
                const std::function<measure::MachineSample()>& sample = measure::sample_machine);

// What tells measurements of this machine, with the CPUs this process may use, from those of
// another.
std::string machine_key();

// Does what the machine decides: workers are left to the scheduler where pinning is not kept (never
// pinned against --no-pin), cases that leave their clock open get the decided one.
void follow(const MachineResolution& machine, SessionOptions& options);

// What is asked of the machine: how long there is for how many cases, and what matters.
struct ResolutionWish {
    double margin = 0.01;
    double budget_s = 10;
    std::size_t cases = 1;
};

// What a run says of the machine: "resolution", "host_score" (the spread of equal work: noise, so
// lower is quieter) and "calibration".
void describe_machine(const MachineResolution& machine,
                      const ResolutionWish& wish,
                      json::object& run);

// "resolution" of assay.results/1 and assay.comparison/1.
json::object resolution_object(const MachineResolution& machine, const ResolutionWish& wish);

// One line for people: "resolution: pairs spread 0.12 %, ... finds changes from 1.1 %".
std::string resolution_text(const MachineResolution& machine, const ResolutionWish& wish);

} // namespace assay::app
