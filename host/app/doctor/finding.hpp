// What `assay doctor` says about one thing: its state, what was read, why it matters for
// measuring, and what to do about it.
//
//   const Subject governor{"processor", "governor", "a frequency that follows the load ..."};
//   return governor.warn("powersave on 8 of 8 CPUs", "cpupower frequency-set -g performance");
//
// Plain values; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::app {

enum class FindingState {
    ok,
    warn,        // figures will be worse than this machine could give them
    unavailable, // this machine does not have or does not tell it
    bad,         // nothing can be measured
};

std::string_view name_of(FindingState state) noexcept;

struct Finding {
    std::string group, id; // "processor", "clock_source": names for programs, never changed
    FindingState state = FindingState::ok;
    std::string read;        // what was found here
    std::string why;         // what it does to figures
    std::string advice = {}; // empty where there is nothing to do
};

// What a finding will be about; each call makes the finding from what was read.
struct Subject {
    std::string group, id, why;

    [[nodiscard]] Finding ok(std::string read) const;
    [[nodiscard]] Finding warn(std::string read, std::string advice) const;
    [[nodiscard]] Finding unavailable(std::string read, std::string advice = {}) const;
    [[nodiscard]] Finding bad(std::string read, std::string advice) const;
};

using Findings = std::vector<Finding>;

[[nodiscard]] std::size_t count_of(std::span<const Finding> findings, FindingState state) noexcept;

} // namespace assay::app
