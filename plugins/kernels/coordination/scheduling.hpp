// How the kernel treats the calling thread, and what it may ask for.
//
//   const FineTimers fine;                      // timer slack of 1 ns until the end of the scope
//   const Scheduling scheduling = scheduling_here();
//   scheduling.policy, scheduling.timer_slack_ns, scheduling.may_lock_memory
//
// About the calling thread.
#pragma once

#include <cstdint>
#include <string>

namespace assay::coordination {

struct Scheduling {
    std::string policy;               // "SCHED_OTHER", ...
    int priority = 0;                 // of the real-time policies
    std::int64_t timer_slack_ns = 0;  // by how much the kernel may wake it later
    std::uint64_t realtime_limit = 0; // RLIMIT_RTPRIO: 0 = no SCHED_FIFO
    std::string may_lock_memory;      // what mlockall(MCL_CURRENT) says: "yes", or the reason
};

// Locks and unlocks memory to see whether it may: not in a loop.
[[nodiscard]] Scheduling scheduling_here();

// While it lives, timers of this thread and of threads that it makes wake up when they are due, not
// up to 50 microseconds later.
class FineTimers {
public:
    FineTimers() noexcept;
    FineTimers(const FineTimers&) = delete;
    FineTimers& operator=(const FineTimers&) = delete;
    ~FineTimers();

private:
    std::int64_t before_;
};

// While it lives, this thread runs under SCHED_FIFO, if it may.
class RealtimePolicy {
public:
    explicit RealtimePolicy(bool is_wanted) noexcept;
    RealtimePolicy(const RealtimePolicy&) = delete;
    RealtimePolicy& operator=(const RealtimePolicy&) = delete;
    ~RealtimePolicy();

    [[nodiscard]] bool is_there() const noexcept { return is_there_; }

private:
    bool is_there_ = false;
};

} // namespace assay::coordination
