// What one launch of one case allocates, and how large its process became: in a worker of its own,
// the only one into which the counter of allocations is preloaded.
//
//   MemoryDesk desk(supervisor_options, installation.allocation_counter);
//   if (desk.reason().empty()) {
//       MemoryAnswer answer = desk.measure(plugin, id, request, deadline);
//       answer.batches;   // of n and of 2n iterations; none: answer.reason
//   }
//
// Starts workers of its own, which time nothing and are pinned to nothing. Any thread.
#pragma once

#include "workers/worker.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace assay::workers {

struct MemoryAnswer {
    std::vector<measure::MemoryBatch> batches;
    std::uint64_t peak_rss_bytes = 0; // of the whole process, from wait4
    std::vector<std::string> notes;   // what the counts do not hold
    std::string reason;               // why there are no batches
};

class MemoryDesk {
public:
    // `counter`: the library that counts; it need not exist. `wrap` of the options is not used.
    MemoryDesk(SupervisorOptions options, std::string counter);
    MemoryDesk(const MemoryDesk&) = delete;
    MemoryDesk& operator=(const MemoryDesk&) = delete;
    ~MemoryDesk();

    // Why nothing can be counted here; empty = it can be tried.
    [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

    // One memory launch (request.memory_iterations > 0) in a process of its own.
    MemoryAnswer measure(const std::string& plugin_path,
                         const std::string& plugin_id,
                         const measure::LaunchRequest& request,
                         Deadline deadline);

    void cancel_all();
    void kill_all();

private:
    std::string counter_, reason_;
    std::unique_ptr<Supervisor> supervisor_; // only without a reason
};

} // namespace assay::workers
