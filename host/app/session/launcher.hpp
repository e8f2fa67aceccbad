// Where a launch runs: in a worker process of its own, or inside the host for debuggers. The rest
// of a run does not know which.
//
//   WorkerLauncher launcher(supervisor, isolation, pin);
//   LaunchOutcome outcome = launcher.launch(suite, request, turns, deadline, lane);
//
// launch() is called by one lane at a time per lane number; different lanes at once.
#pragma once

#include "app/session/memory_figures.hpp"
#include "app/session/session_options.hpp"
#include "app/session/work_counts.hpp"
#include "measure/launch.hpp"
#include "workers/worker.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace assay::app {

class Launcher {
public:
    Launcher() = default;
    Launcher(const Launcher&) = delete;
    Launcher& operator=(const Launcher&) = delete;
    virtual ~Launcher() = default;

    virtual workers::LaunchOutcome launch(const SessionSuite& suite,
                                          const measure::LaunchRequest& request,
                                          workers::LaunchTurns& turns,
                                          workers::Deadline deadline,
                                          std::uint32_t lane) = 0;
    // The lane has finished a case: --isolate case gives its worker back here.
    virtual void case_is_over(std::uint32_t lane) = 0;
    virtual void cancel() = 0;

    // Instruction counts of one case, in launches of their own and from any lane; without a way to
    // count, the reason (counting_launcher.hpp has one).
    virtual CountedWork count(const CountWish& wish);

    // What one case allocates, likewise (memory_launcher.hpp).
    virtual MemoryFigures memory(const CountWish& wish);
};

// Drives assay-worker processes, one per launch, per case, or per suite and lane.
class WorkerLauncher final : public Launcher {
public:
    WorkerLauncher(workers::Supervisor& supervisor,
                   Isolation isolation,
                   bool pin,
                   std::uint32_t lanes);
    ~WorkerLauncher() override;

    workers::LaunchOutcome launch(const SessionSuite& suite,
                                  const measure::LaunchRequest& request,
                                  workers::LaunchTurns& turns,
                                  workers::Deadline deadline,
                                  std::uint32_t lane) override;
    void case_is_over(std::uint32_t lane) override;
    void cancel() override;

private:
    struct Seat { // the worker a lane drives at the moment
        std::unique_ptr<workers::Worker> worker;
        std::string plugin_path;
        bool pinned = false;
    };

    void empty(Seat& seat, workers::LaunchOutcome* outcome);
    Status fill(Seat& seat, const SessionSuite& suite, bool pin, std::uint32_t lane);

    workers::Supervisor& supervisor_;
    Isolation isolation_;
    std::vector<int> cpus_; // of the affinity mask read at start; empty = do not pin
    std::vector<Seat> seats_;
};

// Runs the same measuring loop inside the host, one launch at a time (--in-process).
class InProcessLauncher final : public Launcher {
public:
    workers::LaunchOutcome launch(const SessionSuite& suite,
                                  const measure::LaunchRequest& request,
                                  workers::LaunchTurns& turns,
                                  workers::Deadline deadline,
                                  std::uint32_t lane) override;

    void case_is_over(std::uint32_t) override {}

    void cancel() override { cancel_.store(1); }

private:
    measure::CancelWord cancel_{0};
    std::mutex one_at_a_time_;
};

} // namespace assay::app
