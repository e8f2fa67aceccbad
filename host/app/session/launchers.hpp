// The launchers of one run, made of what was asked for: the one that times, and before it those
// that count instructions and allocations.
//
//   RunLaunchers launchers(settings, lanes);
//   RunSession session(..., launchers.first(), ...);
//   launchers.warnings();        // what was asked for and is not there
//
// Made and asked by one thread; cancel() and kill_all() from any.
#pragma once

#include "app/session/counting_launcher.hpp"
#include "app/session/launcher.hpp"
#include "app/session/memory_launcher.hpp"
#include "app/session/warnings.hpp"
#include "app/settings.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace assay::app {

class RunLaunchers {
public:
    RunLaunchers(const Settings& settings, std::uint32_t lanes);

    // The one that everything goes to.
    [[nodiscard]] Launcher& first() noexcept;

    // First Ctrl-C, second Ctrl-C.
    void cancel() { first().cancel(); }

    void kill_all();

    [[nodiscard]] std::vector<RunWarning> warnings() const;

private:
    const SessionOptions& options_;
    workers::Supervisor supervisor_;
    std::unique_ptr<Launcher> timed_;
    std::optional<CountingLauncher> counting_; // with --counts, in workers
    std::optional<MemoryLauncher> memory_;     // with --memory, in workers
};

} // namespace assay::app
