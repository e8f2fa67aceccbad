// A launcher that also counts what is allocated: launches and counts go to the one it stands
// before, memory to a MemoryDesk.
//
//   MemoryLauncher launcher(timed, supervisor_options(settings), installation.allocation_counter);
//   RunSession session(..., launcher, ...);
//
// As its base; memory() from several lanes at once.
#pragma once

#include "app/session/launcher.hpp"
#include "workers/memory_desk.hpp"

#include <atomic>

namespace assay::app {

class MemoryLauncher final : public Launcher {
public:
    // `timed` must outlive it.
    MemoryLauncher(Launcher& timed,
                   const workers::SupervisorOptions& options,
                   const std::string& counter)
        : timed_(timed)
        , desk_(options, counter) {}

    workers::LaunchOutcome launch(const SessionSuite& suite,
                                  const measure::LaunchRequest& request,
                                  workers::LaunchTurns& turns,
                                  workers::Deadline deadline,
                                  std::uint32_t lane) override {
        return timed_.launch(suite, request, turns, deadline, lane);
    }

    void case_is_over(std::uint32_t lane) override { timed_.case_is_over(lane); }

    void cancel() override;

    CountedWork count(const CountWish& wish) override { return timed_.count(wish); }

    MemoryFigures memory(const CountWish& wish) override;

    // For the second Ctrl-C.
    void kill_all() { desk_.kill_all(); }

    // Why no case can be counted here; empty = they can.
    [[nodiscard]] const std::string& unavailable() const noexcept { return desk_.reason(); }

private:
    Launcher& timed_;
    workers::MemoryDesk desk_;
    std::atomic<bool> cancelled_{false};
};

} // namespace assay::app
