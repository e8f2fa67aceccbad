// Ctrl-C and SIGTERM: the first asks the run to stop and report what is complete, the second leaves
// at once (exit 130).
//
//   Interrupt interrupt([&] { launcher.cancel(); }, [&] { supervisor.kill_all(); });
//   ... while (!interrupt.requested()) ...
//
// At most one at a time. The thread that makes it blocks the signals until it is gone, and so do
// the threads it starts; others may be there already.
#pragma once

#include <array>
#include <atomic>
#include <csignal>
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
    std::array<struct sigaction, 2> before_{}; // of SIGINT and SIGTERM
    int signals_ = -1, wake_ = -1;
    std::thread watcher_;
};

} // namespace assay::app
