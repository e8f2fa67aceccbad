#include "app/session/launchers.hpp"

#include "app/session/supervisor_options.hpp"

namespace assay::app {

RunLaunchers::RunLaunchers(const Settings& settings, std::uint32_t lanes)
    : options_(settings.session)
    , supervisor_(supervisor_options(settings)) {
    if (options_.isolation == Isolation::in_process) {
        timed_ = std::make_unique<InProcessLauncher>();
        return;
    }
    timed_ = std::make_unique<WorkerLauncher>(supervisor_, options_.isolation, options_.pin, lanes);
    if (options_.counts) {
        counting_.emplace(*timed_, supervisor_options(settings));
    }
    if (options_.memory) {
        Launcher& behind = counting_ ? static_cast<Launcher&>(*counting_) : *timed_;
        memory_.emplace(behind,
                        supervisor_options(settings),
                        settings.installation.allocation_counter.string());
    }
}

Launcher& RunLaunchers::first() noexcept {
    if (memory_) {
        return *memory_;
    }
    return counting_ ? static_cast<Launcher&>(*counting_) : *timed_;
}

void RunLaunchers::kill_all() {
    supervisor_.kill_all();
    if (counting_) {
        counting_->kill_all();
    }
    if (memory_) {
        memory_->kill_all();
    }
}

std::vector<RunWarning> RunLaunchers::warnings() const {
    const std::string not_here = "they are counted in workers alone, not --in-process";
    std::vector<RunWarning> warnings;
    if (options_.counts && (!counting_ || !counting_->unavailable().empty())) {
        warnings.push_back({.text = "instructions are not counted: " +
                                    (counting_ ? counting_->unavailable() : not_here),
                            .next = counting_ ? "apt install valgrind" : ""});
    }
    if (options_.memory && (!memory_ || !memory_->unavailable().empty())) {
        warnings.push_back({.text = "allocations are not counted: " +
                                    (memory_ ? memory_->unavailable() : not_here),
                            .next = ""});
    }
    return warnings;
}

} // namespace assay::app
