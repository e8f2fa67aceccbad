#include "lanes/lanes.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <sched.h>
#include <thread>
#include <vector>

using assay::lanes::DomainTokens;
using assay::lanes::Lanes;

namespace {

// A meeting of `expected` jobs; false if they did not all come within the deadline.
class Meeting {
public:
    explicit Meeting(std::uint32_t expected)
        : expected_(expected) {}

    bool attend() {
        std::unique_lock lock(mutex_);
        ++present_;
        changed_.notify_all();
        return changed_.wait_for(
            lock, std::chrono::seconds(20), [this] { return present_ >= expected_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint32_t expected_, present_ = 0;
};

} // namespace

TEST_CASE("every job is called exactly once") {
    constexpr std::size_t kJobs = 1000;
    std::vector<std::atomic<int>> calls(kJobs);
    Lanes(3).run(kJobs, [&](std::size_t job, std::uint32_t) { ++calls[job]; });
    for (std::size_t job = 0; job < kJobs; ++job) {
        CHECK(calls[job] == 1);
    }
}

TEST_CASE("no jobs are done without calling anything") {
    int calls = 0;
    Lanes(2).run(0, [&](std::size_t, std::uint32_t) { ++calls; });
    CHECK(calls == 0);
}

TEST_CASE("one lane does its jobs in order on the calling thread") {
    std::vector<std::size_t> order;
    const auto here = std::this_thread::get_id();
    bool same_thread = true;
    Lanes(1).run(50, [&](std::size_t job, std::uint32_t lane) {
        order.push_back(job);
        same_thread = same_thread && lane == 0 && std::this_thread::get_id() == here;
    });
    std::vector<std::size_t> expected(50);
    std::iota(expected.begin(), expected.end(), std::size_t{0});
    CHECK(order == expected);
    CHECK(same_thread);
}

TEST_CASE("more lanes than CPUs really run at once") {
    const std::uint32_t count = static_cast<std::uint32_t>(Lanes().count()) + 4;
    Meeting meeting(count);
    std::atomic<std::uint32_t> met = 0;
    Lanes(count).run(count, [&](std::size_t, std::uint32_t) { met += meeting.attend() ? 1 : 0; });
    CHECK(met == count);
}

TEST_CASE("no two jobs run on one lane at once and lanes are numbered from 0") {
    constexpr std::uint32_t kLanes = 4;
    std::vector<std::atomic<int>> busy(kLanes);
    std::atomic<bool> collided = false, outside = false;
    Lanes(kLanes).run(400, [&](std::size_t, std::uint32_t lane) {
        if (lane >= kLanes) {
            outside = true;
            return;
        }
        collided = collided || ++busy[lane] != 1;
        std::this_thread::yield();
        --busy[lane];
    });
    CHECK_FALSE(collided);
    CHECK_FALSE(outside);
}

TEST_CASE("jobs that have not started are skipped once stop says so") {
    std::atomic<int> calls = 0;
    Lanes(2).run(
        1000, [&](std::size_t, std::uint32_t) { ++calls; }, [&] { return calls >= 10; });
    // Each lane may have passed the question before the tenth call was counted.
    CHECK(calls >= 10);
    CHECK(calls <= 12);
    calls = 0;
    Lanes(2).run(
        10, [&](std::size_t, std::uint32_t) { ++calls; }, [] { return true; });
    CHECK(calls == 0);
}

TEST_CASE("lanes prepare at once and measure one at a time") {
    constexpr std::uint32_t kLanes = 4;
    DomainTokens tokens;
    Meeting prepared(kLanes);
    std::atomic<int> measuring = 0, most = 0;
    std::atomic<std::uint32_t> met = 0;
    Lanes(kLanes).run(kLanes, [&](std::size_t, std::uint32_t) {
        met += prepared.attend() ? 1 : 0;
        const auto held = tokens.acquire(1);
        most = std::max(most.load(), ++measuring);
        std::this_thread::yield();
        --measuring;
    });
    CHECK(met == kLanes);
    CHECK(most == 1);
}

TEST_CASE("without a number there are as many lanes as the affinity mask has CPUs") {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    REQUIRE(sched_getaffinity(0, sizeof allowed, &allowed) == 0);
    CHECK(Lanes().count() == static_cast<std::uint32_t>(CPU_COUNT(&allowed)));
    CHECK(Lanes(7).count() == 7);
    CHECK(Lanes(1'000'000).count() == assay::lanes::kLanesMax);
}

TEST_CASE("the lanes can be run again and from several threads") {
    const Lanes lanes(2);
    std::atomic<int> calls = 0;
    const auto twice = [&] {
        for (int round = 0; round < 2; ++round) {
            lanes.run(25, [&](std::size_t, std::uint32_t) { ++calls; });
        }
    };
    std::thread other(twice);
    twice();
    other.join();
    CHECK(calls == 100);
}
