// The command line of the worker program, as host/worker reads it.
//
// Pure function.
#pragma once

#include "workers/worker.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace assay::workers {

// `wrap` first, then the program and its options. The worker is told its parent's number only
// where nothing stands between the two.
[[nodiscard]] std::vector<std::string> worker_arguments(const SupervisorOptions& settings,
                                                        const WorkerOptions& options,
                                                        std::uint64_t layout_seed);

} // namespace assay::workers
