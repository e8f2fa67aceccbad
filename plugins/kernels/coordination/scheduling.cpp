#include "coordination/scheduling.hpp"

#include <cerrno>
#include <cstring>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace assay::coordination {
namespace {

constexpr unsigned long kFineSlackNanos = 1;
constexpr int kFifoPriority = 1; // above all that is not real time, below all that is

std::string name_of_policy(int policy) {
    switch (policy) {
    case SCHED_OTHER:
        return "SCHED_OTHER";
    case SCHED_FIFO:
        return "SCHED_FIFO";
    case SCHED_RR:
        return "SCHED_RR";
    case SCHED_BATCH:
        return "SCHED_BATCH";
    case SCHED_IDLE:
        return "SCHED_IDLE";
    default:
        return "policy " + std::to_string(policy);
    }
}

bool set_policy(int policy, int priority) noexcept {
    sched_param parameter{};
    parameter.sched_priority = priority;
    return ::pthread_setschedparam(::pthread_self(), policy, &parameter) == 0;
}

std::string locking_verdict() {
    if (::mlockall(MCL_CURRENT) != 0) {
        return std::strerror(errno);
    }
    ::munlockall();
    return "yes";
}

} // namespace

Scheduling scheduling_here() {
    Scheduling scheduling;
    int policy = 0;
    sched_param parameter{};
    if (::pthread_getschedparam(::pthread_self(), &policy, &parameter) == 0) {
        scheduling.policy = name_of_policy(policy);
        scheduling.priority = parameter.sched_priority;
    }
    scheduling.timer_slack_ns = ::prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0);
    rlimit limit{};
    if (::getrlimit(RLIMIT_RTPRIO, &limit) == 0) {
        scheduling.realtime_limit = limit.rlim_cur;
    }
    scheduling.may_lock_memory = locking_verdict();
    return scheduling;
}

FineTimers::FineTimers() noexcept
    : before_(::prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0)) {
    ::prctl(PR_SET_TIMERSLACK, kFineSlackNanos, 0, 0, 0);
}

FineTimers::~FineTimers() {
    if (before_ > 0) {
        ::prctl(PR_SET_TIMERSLACK, static_cast<unsigned long>(before_), 0, 0, 0);
    }
}

RealtimePolicy::RealtimePolicy(bool is_wanted) noexcept
    : is_there_(is_wanted && set_policy(SCHED_FIFO, kFifoPriority)) {}

RealtimePolicy::~RealtimePolicy() {
    if (is_there_) {
        set_policy(SCHED_OTHER, 0);
    }
}

} // namespace assay::coordination
