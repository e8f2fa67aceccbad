// The command line of the worker program. Only the host writes it; what does not fit is told on
// stderr and ends the worker with exit code 2.
//
// Pure function.
#pragma once

#include "support/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace assay::worker {

struct Arguments {
    std::string plugin;                       // --plugin PATH, absolute
    std::optional<int> parent;                // --parent PID: nobody else may have started us
    std::optional<int> cpu;                   // --cpu N: the only CPU to run on
    std::optional<std::uint64_t> layout_seed; // --layout-seed N: drawn by us if not given
    bool cores = false;                       // --cores: core dumps allowed
    bool wait_for_debugger = false;           // --wait-for-debugger: SIGSTOP after HELLO
    bool in_pair = false;                     // --pair: descriptor 6 is the page of a pair
    bool counts = false;                      // --counts: open the kernel's instruction counter
    bool for_check = false;                   // --check: a CHECK loads the plugin, not the start
};

Result<Arguments> read_arguments(std::span<const char* const> argv);

} // namespace assay::worker
