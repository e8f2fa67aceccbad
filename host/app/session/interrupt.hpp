// Ctrl-C and SIGTERM: the first asks the run to stop and report what is complete, the second leaves
// at once (exit 130).
//
//   Interrupt interrupt([&] { launcher.cancel(); }, [&] { supervisor.kill_all(); });
//   ... while (!interrupt.requested()) ...
//
// At most one at a time; made before any other thread, because it blocks the signals for all of
// them.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace assay::app {

class Interrupt {
public:
    // The callbacks run on a thread of their own.
    Interrupt(std::function<void()> on_first, std::function<void()> on_second);
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    ~Interrupt();

    [[nodiscard]] bool requested() const noexcept {
        return requested_.load(std::memory_order_relaxed);
    }

private:
    void watch();

    std::function<void()> on_first_, on_second_;
    std::atomic<bool> requested_{false};
    int signals_ = -1, wake_ = -1;
    std::thread watcher_;
};

} // namespace assay::app
