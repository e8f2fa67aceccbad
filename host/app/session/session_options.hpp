// What a measuring run was asked to do, as typed values: text has been turned into these once, at
// the edge. Plain values.
#pragma once

#include "app/session/run_occasion.hpp"
#include "measure/description.hpp"
#include "plan/plan.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::app {

// How many processes a case is spread over: a fresh one per launch (the default), one per case, or
// one per suite and lane. Results of different isolation are never compared.
enum class Isolation { launch, per_case, suite, in_process };

std::string_view name_of(Isolation isolation) noexcept;

// How much a mode measures: six launches are the least that have a 95 % interval of their median.
struct LaunchPlan {
    std::uint32_t launches = 10;
    std::uint32_t slices = 12;
    std::uint32_t samples_min = 30; // single-shot cases too
};

LaunchPlan launch_plan(plan::Mode mode) noexcept;

struct SessionOptions {
    plan::Mode mode = plan::Mode::standard;
    std::uint32_t lanes = 0;          // 0 = one per CPU of the affinity mask
    std::uint32_t measured_lanes = 1; // of them may take timed slices at once
    std::uint64_t seed = 1;
    std::uint64_t order_seed = 0;
    Isolation isolation = Isolation::launch;
    bool fail_fast = false;
    bool strict = false;
    bool counts = false; // --counts: instructions too
    bool memory = false; // --memory: allocations too
    bool pin = true;
    measure::Clock open_clock = measure::Clock::thread_cpu; // of cases that leave it open
    RunOccasion occasion;
    std::string project; // as the configuration calls it; empty: project_called.hpp
    bool core_dumps = false;
    bool wait_for_debugger = false;
    std::vector<std::string> wrap;
    std::uint64_t batch_bytes_max = 0;                // 0 = min(64 MiB, half of the L2 cache)
    std::optional<std::chrono::milliseconds> timeout; // overrides every case's own
};

// One suite that may be measured: described, stored, configured.
struct SessionSuite {
    std::string plugin_id, plugin_version, plugin_path; // plugin_path: in the content store
    std::string sha256;                                 // of the plugin file
    std::string content;                                // of it and what it loads from beside it
    bool unoptimised = false; // its manifest says that the compiler did not optimise
    measure::SuiteDescription description;
    std::string config_json = "{}";
};

} // namespace assay::app
