#include "fake_suite.hpp"
#include "measure/calibration.hpp"
#include "measure/clock.hpp"
#include "measure/input_seed.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <poll.h>
#include <set>

namespace calibration_test {

using namespace assay::measure;
using namespace assay::measure::test;

namespace {

constexpr CalibrationLimits kLimits{0.7e-3, UINT64_MAX, 0.1e-9};

// A body that takes exactly this long.
TakeReading steady_body(double iteration_s, int& readings) {
    return [iteration_s, &readings](std::uint64_t n) {
        ++readings;
        return std::optional(Reading{n, iteration_s * static_cast<double>(n)});
    };
}

} // namespace

TEST_CASE("calibration finds the iterations that fill a slice") {
    int readings = 0;
    const auto found = calibrate(kLimits, steady_body(1e-9, readings));
    REQUIRE(found.has_value());
    CHECK(found->iterations == 800'000);
    CHECK(found->iteration_s == doctest::Approx(1e-9));
    CHECK_FALSE(found->optimised_away);
    CHECK_FALSE(found->longer_than_slice);
    CHECK(readings < 10);
}

TEST_CASE("a long body needs one reading and stays at one iteration") {
    for (const double iteration_s : {8e-3, 0.1, 1.0}) {
        int readings = 0;
        const auto found = calibrate(kLimits, steady_body(iteration_s, readings));
        CHECK(found->iterations == 1);
        CHECK(found->longer_than_slice);
        CHECK(readings == 1);
    }
}

TEST_CASE("a slow first reading does not decide") {
    for (const bool preempted : {false, true}) {
        const double slow_s = preempted ? 50e-3 : 2e-3; // others' time slices, cold caches
        int readings = 0;
        const auto found = calibrate(kLimits, [&](std::uint64_t n) {
            const bool first = ++readings == 1;
            return std::optional(Reading{.iterations = n,
                                         .seconds = (first ? slow_s : 0) + 1e-6 * double(n),
                                         .preempted = first && preempted});
        });
        CHECK(found->iterations == 800);
        CHECK_FALSE(found->longer_than_slice);
    }
}

TEST_CASE("a clock of the plugin's own that hardly moves ends at batches of twenty slices") {
    for (const double stated_s : {0.0, 1e-9}) { // of every iteration, which takes a millisecond
        double elapsed_s = 0;
        const auto found = calibrate(kLimits, [&](std::uint64_t n) {
            const auto iterations = static_cast<double>(n);
            elapsed_s += 1e-3 * iterations;
            return std::optional(Reading{
                .iterations = n, .seconds = stated_s * iterations, .elapsed_s = 1e-3 * iterations});
        });
        CHECK(found->iterations == 15); // 14, made round
        CHECK(found->hardly_timed);
        CHECK(elapsed_s < 0.25);
    }
}

TEST_CASE("a clock of the plugin's own that moves well enough fills a slice of its own time") {
    const auto found = calibrate(kLimits, [](std::uint64_t n) {
        const double seconds = 1e-6 * static_cast<double>(n); // a third of what passes
        return std::optional(
            Reading{.iterations = n, .seconds = seconds, .elapsed_s = 3 * seconds});
    });
    CHECK(found->iterations == 800);
    CHECK_FALSE(found->hardly_timed);
}

TEST_CASE("readings that never agree end at the smallest after five") {
    int readings = 0;
    const auto found = calibrate(kLimits, [&](std::uint64_t n) {
        const double disturbed = readings++ % 2 == 0 ? 100e-6 : 50e-6;
        return std::optional(Reading{n, disturbed * static_cast<double>(n)});
    });
    CHECK(readings == 5);
    CHECK(found->iteration_s == doctest::Approx(50e-6));
}

TEST_CASE("no time at all is optimised away, after a bounded number of readings") {
    int readings = 0;
    const auto found = calibrate(kLimits, steady_body(0.0, readings));
    CHECK(found->optimised_away);
    CHECK(readings < 12);
}

TEST_CASE("the cap on iterations holds and single takes one reading") {
    CalibrationLimits limits = kLimits;
    limits.iterations_max = 64;
    int readings = 0;
    CHECK(calibrate(limits, steady_body(1e-9, readings))->iterations == 64);
    limits.iterations_max = 1;
    readings = 0;
    CHECK(calibrate(limits, steady_body(1e-6, readings))->iterations == 1);
    CHECK(readings == 1);
}

TEST_CASE("fewer iterations than asked for become the cap") {
    const auto found = calibrate(kLimits, [](std::uint64_t n) {
        const std::uint64_t taken = std::min<std::uint64_t>(n, 50);
        return std::optional(Reading{taken, 1e-9 * static_cast<double>(taken)});
    });
    CHECK(found->iterations <= 50);
}

TEST_CASE("a reading that fails ends calibration") {
    CHECK_FALSE(
        calibrate(kLimits, [](std::uint64_t) { return std::optional<Reading>(); }).has_value());
}

TEST_CASE("iterations are round, so that launches meet at the same number") {
    CHECK(round_iterations(0.2) == 1);
    CHECK(round_iterations(7.4) == 7);
    CHECK(round_iterations(9.8) == 10);
    CHECK(round_iterations(34'000) == 30'000);
    CHECK(round_iterations(36'000) == 40'000);
    CHECK(round_iterations(97'000) == 100'000);
    CHECK(round_iterations(1e300) == 1'000'000'000'000'000);
    for (double n = 10; n < 1e9; n *= 1.07) {
        const double ratio = static_cast<double>(round_iterations(n)) / n;
        CHECK(ratio > 0.84);
        CHECK(ratio < 1.19);
    }
}

TEST_CASE("max_iterations, single and the bytes of a batch cap a slice") {
    FakeSuite fake;
    fake.def.max_iterations = 7;
    CHECK(fake.launch().calibration->iterations == 7);
    fake.def.max_iterations = 0;
    fake.def.bytes_per_iteration = 1000;
    fake.request.batch_bytes_max = 5500;
    LaunchRecord record = fake.launch();
    CHECK(record.calibration->iterations == 5);
    CHECK(record.calibration->batch_bytes == 5000);
    fake.request.batch_bytes_max = 10; // less than one iteration holds
    CHECK(fake.launch().calibration->iterations == 1);
    fake.def.bytes_per_iteration = 0;
    fake.def.shape = ASSAY_SHAPE_SINGLE;
    record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    for (const SliceRecord& slice : record.slices) {
        CHECK(slice.iterations == 1);
    }
}

TEST_CASE("prepare without memory makes the batch half as large until it fits") {
    FakeSuite fake;
    std::uint64_t largest = 0;
    fake.on_prepare = [&](assay_batch* batch) {
        if (batch->iterations > 1000) {
            fake.say_failed("no memory");
            return ASSAY_E_NOMEM;
        }
        largest = std::max(largest, batch->iterations);
        return ASSAY_OK;
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    CHECK(record.reason.empty());
    CHECK(largest <= 1000);
    CHECK(record.calibration->iterations <= 1000);
    CHECK(has_note(record, "prepare ran out of memory"));
    CHECK(fake.count("prepare") > fake.count("run"));
    CHECK(fake.count("finish") == fake.count("run"));
}

TEST_CASE("no memory for a single iteration is a failure") {
    FakeSuite fake;
    fake.on_prepare = [](assay_batch*) { return ASSAY_E_NOMEM; };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason.find("ASSAY_E_NOMEM") != std::string::npos);
}

TEST_CASE("a slice is at least a thousand times what its clock costs") {
    FakeSuite fake;
    fake.request.slice_target_s = 1e-9;
    const LaunchRecord record = fake.launch();
    REQUIRE(record.calibration.has_value());
    CHECK(record.calibration->overhead_bound < 0.002);
    CHECK(record.calibration->clock_cost_s > 0);
}

TEST_CASE("a case that waits is calibrated by wall time and told to say what it waits for") {
    FakeSuite fake;
    fake.request.slices = 1;
    fake.on_run = [](assay_batch* batch) {
        for (std::uint64_t i = 0; i < batch->iterations; ++i) {
            ::poll(nullptr, 0, 2); // two milliseconds: what is measured here is waiting
        }
        return ASSAY_OK;
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::passed);
    CHECK(record.calibration->iterations == 1);
    CHECK(has_note(record, "mostly waiting"));
}

TEST_CASE("a case whose CPU clock counts in ticks is calibrated and measured by wall time") {
    FakeSuite fake;
    fake.request.open_clock = Clock::wall; // what the machine's sample decides then
    fake.def.flags = ASSAY_CASE_THREADS;
    fake.def.max_lanes = 2;
    for (const std::uint32_t lanes : {1u, 2u}) {
        CAPTURE(lanes);
        fake.request.lanes = lanes;
        const LaunchRecord record = fake.launch();
        INFO(record.reason);
        CHECK(record.status == CaseStatus::passed);
        REQUIRE(record.calibration.has_value());
        CHECK(record.calibration->clock == Clock::wall);
    }
}

TEST_CASE("lanes that waited for a processor at first are not taken for a long body") {
    int calls_of_calibration = 0;
    // Where the machine itself is away for 0.1 s, that reading does decide: then once more.
    for (int attempt = 0; attempt < 5 && calls_of_calibration <= 2; ++attempt) {
        calls_of_calibration = 0;
        FakeSuite fake;
        fake.request.open_clock = Clock::wall;
        fake.request.lanes = 2;
        fake.def.flags = ASSAY_CASE_THREADS;
        fake.def.max_lanes = 2;
        std::atomic<int> calls = 0;
        fake.on_run = [&](assay_batch* batch) {
            if (++calls <= 2) {
                ::poll(nullptr, 0, 20); // no involuntary switch says so
            }
            return burn(batch, 100);
        };
        fake.observer.at_phase = [&](LaunchPhase phase, std::uint32_t) {
            if (phase == LaunchPhase::warm_up && calls_of_calibration == 0) {
                calls_of_calibration = calls;
            }
        };
        const LaunchRecord record = fake.launch();
        INFO(record.reason);
        CHECK(record.status == CaseStatus::passed);
    }
    CHECK(calls_of_calibration > 2); // the first reading, by both lanes, did not decide
}

TEST_CASE("manual time that stays the same however many iterations there are fails soon") {
    FakeSuite fake;
    fake.def.shape = ASSAY_SHAPE_MANUAL;
    fake.request.scaling_check = true;
    fake.on_run = [](assay_batch* batch) {
        batch->manual_ns = 1;
        return burn(batch, 100'000); // some 0.1 ms an iteration
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason.find("does not scale") != std::string::npos);
    CHECK(has_note(record, "hardly moves"));
}

TEST_CASE("a case that leaves its clock open gets the one that was decided, no other case does") {
    FamilyDescription family;
    family.domains = ASSAY_DOMAIN_CORES | ASSAY_DOMAIN_MEMORY;
    CHECK(resolve_clock(family, 1, Clock::wall) == Clock::wall);
    family.clock = Clock::thread_cpu;
    CHECK(resolve_clock(family, 1, Clock::wall) == Clock::thread_cpu);
    family.clock = Clock::process_cpu;
    CHECK(resolve_clock(family, 1, Clock::wall) == Clock::process_cpu);
    family.shape = Shape::manual;
    CHECK(resolve_clock(family, 1, Clock::wall) == Clock::manual);
}

TEST_CASE("the primary clock follows shape, domains and lanes") {
    FamilyDescription family;
    family.domains = ASSAY_DOMAIN_CORES | ASSAY_DOMAIN_MEMORY;
    CHECK(resolve_clock(family, 1) == Clock::thread_cpu);
    CHECK(resolve_clock(family, 2) == Clock::wall);
    family.domains = ASSAY_DOMAIN_DISK;
    CHECK(resolve_clock(family, 1) == Clock::wall);
    family.clock = Clock::process_cpu;
    CHECK(resolve_clock(family, 4) == Clock::process_cpu);
    family.shape = Shape::manual;
    CHECK(resolve_clock(family, 1) == Clock::manual);
}

TEST_CASE("seeds of different batches have nothing in common") {
    std::set<std::uint64_t> seeds;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        for (std::uint64_t index = 0; index < 100; ++index) {
            seeds.insert(input_seed(seed, SeedStream::slice, index));
            seeds.insert(input_seed(seed, SeedStream::warm_up, index));
        }
    }
    CHECK(seeds.size() == 2000);
    CHECK(seeds.count(0) == 0);
}

} // namespace calibration_test
