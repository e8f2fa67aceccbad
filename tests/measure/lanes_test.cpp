#include "fake_suite.hpp"
#include "measure/lane_crew.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <map>
#include <sched.h>
#include <set>

namespace lanes_test {

using namespace assay::measure;
using namespace assay::measure::test;

TEST_CASE("one lane runs on the calling thread") {
    LaneCrew crew(1);
    std::thread::id there;
    crew.on_all([&](std::uint32_t) {
        crew.meet();
        there = std::this_thread::get_id();
    });
    CHECK(there == std::this_thread::get_id());
}

TEST_CASE("every lane keeps its own thread and all meet at the barrier") {
    LaneCrew crew(4);
    std::mutex mutex;
    std::map<std::uint32_t, std::set<std::thread::id>> threads;
    std::atomic<int> arrived{0};
    std::atomic<bool> early{false};
    for (int round = 0; round < 50; ++round) {
        arrived = 0;
        crew.on_all([&](std::uint32_t lane) {
            {
                const std::lock_guard lock(mutex);
                threads[lane].insert(std::this_thread::get_id());
            }
            ++arrived;
            crew.meet();
            if (arrived != 4) {
                early = true;
            }
        });
    }
    CHECK_FALSE(early);
    REQUIRE(threads.size() == 4);
    std::set<std::thread::id> all;
    for (const auto& [lane, ids] : threads) {
        CHECK(ids.size() == 1);
        all.insert(ids.begin(), ids.end());
    }
    CHECK(all.size() == 4);
}

TEST_CASE("lanes keep to the CPUs they are given, and the crew tells which could not") {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    REQUIRE(::sched_getaffinity(0, sizeof allowed, &allowed) == 0);
    int mine = 0;
    while (CPU_ISSET(mine, &allowed) == 0) {
        ++mine;
    }
    const std::vector<int> cpus{mine, 100'000}; // no machine has that one
    LaneCrew crew(2, cpus);
    CHECK(crew.pinned() == 1);
    crew.on_all([&](std::uint32_t lane) {
        cpu_set_t mask;
        CPU_ZERO(&mask);
        ::sched_getaffinity(0, sizeof mask, &mask);
        const bool alone = CPU_COUNT(&mask) == 1 && CPU_ISSET(mine, &mask) != 0;
        if (lane == 0) {
            CHECK(alone);
        } else {
            CHECK(CPU_EQUAL(&mask, &allowed) != 0);
        }
    });
    CHECK(LaneCrew(2).pinned() == 0);
}

TEST_CASE("a launch whose lanes cannot all be pinned says so") {
    FakeSuite fake;
    fake.def.flags = ASSAY_CASE_THREADS;
    fake.def.max_lanes = 2;
    fake.request.lanes = 2;
    fake.request.lane_cpus = {100'000, 100'001};
    const LaunchRecord record = fake.launch();
    INFO(record.reason);
    CHECK(record.status == CaseStatus::passed);
    CHECK(has_note(record, "0 of 2 lanes stay"));
}

TEST_CASE("all lanes prepare before the first runs, and all run before the first finishes") {
    FakeSuite fake;
    fake.def.flags = ASSAY_CASE_THREADS;
    fake.def.max_lanes = 3;
    fake.request.lanes = 3;
    fake.request.slices = 2;
    fake.request.warmup_slices_max = 1;
    std::atomic<std::uint32_t> prepared{0};
    std::atomic<std::uint32_t> ran{0};
    std::atomic<bool> early{false};
    fake.on_prepare = [&](assay_batch*) {
        ++prepared;
        return ASSAY_OK;
    };
    fake.on_run = [&](assay_batch* batch) {
        early = early || prepared % 3 != 0;
        const assay_status status = burn(batch);
        ++ran;
        return status;
    };
    fake.on_finish = [&](assay_batch* batch) {
        early = early || ran % 3 != 0 || batch->lanes != 3;
        return ASSAY_OK;
    };
    const LaunchRecord record = fake.launch();
    CAPTURE(record.reason);
    CHECK(record.status == CaseStatus::passed);
    CHECK_FALSE(early);
    CHECK(record.calibration->clock == Clock::wall);
    const auto recorded = fake.recorded(record);
    REQUIRE(recorded.size() == 6);
    std::map<std::uint32_t, std::set<std::uint32_t>> lanes_of_slice;
    for (const SliceRecord& slice : recorded) {
        lanes_of_slice[slice.index].insert(slice.lane);
    }
    CHECK(lanes_of_slice.size() == 2);
    for (const auto& [index, lanes] : lanes_of_slice) {
        CHECK(lanes == std::set<std::uint32_t>{0, 1, 2});
    }
    CHECK(fake.count("enter") == 3);
    CHECK(fake.count("leave") == 3);
    CHECK(fake.calls().ends_with("close destroy"));
}

TEST_CASE("a prepare that fails on one lane lets no lane run") {
    FakeSuite fake;
    fake.def.flags = ASSAY_CASE_THREADS;
    fake.def.max_lanes = 2;
    fake.request.lanes = 2;
    fake.on_prepare = [](assay_batch* batch) { return batch->lane == 1 ? ASSAY_E_FAIL : ASSAY_OK; };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(fake.count("run") == 0);
    CHECK(fake.count("finish") == 0);
    CHECK(fake.count("leave") == 2);
}

TEST_CASE("a run that fails on one lane is finished on all") {
    FakeSuite fake;
    fake.def.flags = ASSAY_CASE_THREADS;
    fake.def.max_lanes = 2;
    fake.request.lanes = 2;
    fake.on_run = [](assay_batch* batch) { return batch->lane == 1 ? ASSAY_E_FAIL : burn(batch); };
    CHECK(fake.launch().status == CaseStatus::failed);
    CHECK(fake.count("run") == 2);
    CHECK(fake.count("finish") == 2);
}

TEST_CASE("only lanes that entered leave") {
    FakeSuite fake;
    fake.def.flags = ASSAY_CASE_THREADS;
    fake.def.max_lanes = 3;
    fake.request.lanes = 3;
    fake.on_lane_enter = [](std::uint32_t lane) { return lane == 0 ? ASSAY_E_FAIL : ASSAY_OK; };
    CHECK(fake.launch().status == CaseStatus::failed);
    CHECK(fake.count("leave") == 2);
    CHECK(fake.count("prepare") == 0);
}

TEST_CASE("several lanes need a family that says it can") {
    FakeSuite fake;
    fake.def.max_lanes = 2;
    fake.request.lanes = 2;
    CHECK(fake.launch().reason == "several lanes were asked for, but the family lacks the flag "
                                  "THREADS");
}

} // namespace lanes_test
