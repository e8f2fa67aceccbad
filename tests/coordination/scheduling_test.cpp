#include "coordination/scheduling.hpp"

#include <doctest/doctest.h>

using namespace assay::coordination;

TEST_CASE("how this thread is scheduled can be told") {
    const Scheduling scheduling = scheduling_here();
    CHECK(scheduling.policy.starts_with("SCHED_"));
    CHECK(scheduling.timer_slack_ns >= 0);
    CHECK(!scheduling.may_lock_memory.empty());
}

TEST_CASE("timers are fine within a scope and as before behind it") {
    const std::int64_t before = scheduling_here().timer_slack_ns;
    {
        const FineTimers fine;
        CHECK(scheduling_here().timer_slack_ns == 1);
    }
    CHECK(scheduling_here().timer_slack_ns == before);
}

TEST_CASE("a real-time policy is there where it was wanted and is allowed, and gone afterwards") {
    const std::string before = scheduling_here().policy;
    {
        const RealtimePolicy unwanted(false);
        CHECK_FALSE(unwanted.is_there());
        const RealtimePolicy wanted(true);
        CHECK(scheduling_here().policy == (wanted.is_there() ? "SCHED_FIFO" : before));
    }
    CHECK(scheduling_here().policy == before);
}
