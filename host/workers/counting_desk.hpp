// Instructions of one launch of one case, by the first means that this machine has: the kernel's
// counter (perf_event), else callgrind, else none, with the reason.
//
//   CountingDesk desk(supervisor_options);
//   if (desk.means() != CountingMeans::none) {
//       CountAnswer answer = desk.count(plugin, request, deadline);
//       answer.instructions;   // per iteration; nothing: answer.reason
//   }
//
// Starts workers of its own, which time nothing and are pinned to nothing. Any thread.
#pragma once

#include "workers/worker.hpp"

#include <memory>
#include <optional>
#include <string>

namespace assay::workers {

enum class CountingMeans { none, perf_event, callgrind };

std::string_view name_of(CountingMeans means) noexcept; // "perf_event", "callgrind", "none"

struct CountAnswer {
    std::optional<double> instructions; // per iteration
    std::string reason;                 // why not
};

class CountingDesk {
public:
    // Tries the means in their order. `wrap` of the options is not used.
    explicit CountingDesk(SupervisorOptions options);
    CountingDesk(const CountingDesk&) = delete;
    CountingDesk& operator=(const CountingDesk&) = delete;
    ~CountingDesk();

    [[nodiscard]] CountingMeans means() const noexcept { return means_; }

    // Why there are none; what else was tried, where there are.
    [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

    // One counting launch (request.count_iterations > 0) in a process of its own. The deadline is
    // that of an ordinary launch.
    CountAnswer count(const std::string& plugin_path,
                      const std::string& plugin_id,
                      const measure::LaunchRequest& request,
                      Deadline deadline);

    void cancel_all();
    void kill_all();

private:
    CountAnswer judge(const LaunchOutcome& outcome, const std::string& folder, int pid) const;

    CountingMeans means_ = CountingMeans::none;
    std::string reason_;
    std::unique_ptr<Supervisor> supervisor_; // only with means
};

} // namespace assay::workers
