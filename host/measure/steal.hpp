// Time that a hypervisor gave to others while this machine wanted to run, as /proc/stat counts it.
//
//   const auto before = processor_ticks();
//   ...
//   const auto share = steal_share(before, processor_ticks());
//
// Callable from any thread.
#pragma once

#include <cstdint>
#include <optional>

namespace assay::measure {

// Of all CPUs together since the machine started, in units of USER_HZ (a hundredth of a second).
struct ProcessorTicks {
    std::uint64_t all = 0, steal = 0;
};

// Nothing where /proc/stat cannot be read or has no such column.
[[nodiscard]] std::optional<ProcessorTicks> processor_ticks() noexcept;

// Of the ticks between two readings; nothing if there were none.
[[nodiscard]] std::optional<double>
steal_share(const std::optional<ProcessorTicks>& before,
            const std::optional<ProcessorTicks>& after) noexcept;

} // namespace assay::measure
