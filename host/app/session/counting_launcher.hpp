// A launcher that also counts: launches go to the one it stands before, counts to a CountingDesk.
//
//   CountingLauncher launcher(timed, supervisor_options(settings));
//   RunSession session(..., launcher, ...);
//
// As its base; count() from several lanes at once.
#pragma once

#include "app/session/launcher.hpp"
#include "workers/counting_desk.hpp"

#include <atomic>

namespace assay::app {

class CountingLauncher final : public Launcher {
public:
    // `timed` must outlive it.
    CountingLauncher(Launcher& timed, const workers::SupervisorOptions& options)
        : timed_(timed)
        , desk_(options) {}

    workers::LaunchOutcome launch(const SessionSuite& suite,
                                  const measure::LaunchRequest& request,
                                  workers::LaunchTurns& turns,
                                  workers::Deadline deadline,
                                  std::uint32_t lane) override {
        return timed_.launch(suite, request, turns, deadline, lane);
    }

    void case_is_over(std::uint32_t lane) override { timed_.case_is_over(lane); }

    void cancel() override;

    CountedWork count(const CountWish& wish) override;

    // For the second Ctrl-C.
    void kill_all() { desk_.kill_all(); }

    // Why no case can be counted here; empty = they can.
    [[nodiscard]] std::string unavailable() const;

private:
    Launcher& timed_;
    workers::CountingDesk desk_;
    std::atomic<bool> cancelled_{false};
};

} // namespace assay::app
