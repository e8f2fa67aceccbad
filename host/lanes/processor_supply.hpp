// How many processors this process may really use: the mask it inherited, and the share of time
// that its control group grants.
//
//   const ProcessorSupply supply = processor_supply();
//   if (supply.quota && *supply.quota < 2) ...   // two lanes at once would be throttled
//
// Callable from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay::lanes {

struct ProcessorSupply {
    std::vector<int> cpus{};       // of the affinity mask, ascending
    std::optional<double> quota{}; // CPUs' worth of time; nothing = no limit that can be seen
};

[[nodiscard]] ProcessorSupply processor_supply();

// Those of this process's affinity mask, ascending; empty where the kernel does not tell.
[[nodiscard]] std::vector<int> allowed_cpus();

// A CPU of these for each of a case's several lanes, from the `first` one on, around the end; empty
// where there are not as many: the scheduler has to share them out then.
[[nodiscard]] std::vector<int>
cpus_of_lanes(const std::vector<int>& cpus, std::uint32_t lanes, std::size_t first = 0);

// Two CPUs of the list that share a core, as /sys tells it; nothing where none do.
[[nodiscard]] std::optional<std::pair<int, int>>
cpus_of_one_core(const std::vector<int>& cpus,
                 const std::filesystem::path& root = "/sys/devices/system/cpu");

// Why no second one of so many lanes may measure, whatever a canary would say; nothing where it is
// for the canary to say.
[[nodiscard]] std::optional<std::string> why_one_measures(const ProcessorSupply& supply,
                                                          std::uint32_t lanes);

} // namespace assay::lanes
