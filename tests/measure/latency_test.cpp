#include "fake_suite.hpp"
#include "measure/ticks.hpp"

#include <doctest/doctest.h>

namespace latency_test {

using namespace assay::measure;
using namespace assay::measure::test;

namespace {

// Stores a made-up duration per operation, in nanoseconds whatever was offered.
assay_status store_nanoseconds(assay_batch* batch) {
    burn(batch);
    for (std::uint64_t i = 0; i < batch->iterations; ++i) {
        batch->latency[i] = 100 + i;
    }
    batch->n_latency = batch->iterations;
    batch->latency_ticks = ASSAY_TICKS_NS;
    return ASSAY_OK;
}

} // namespace

TEST_CASE("a latency case's durations of recorded slices come back in nanoseconds") {
    FakeSuite fake;
    fake.def.shape = ASSAY_SHAPE_LATENCY;
    fake.def.max_iterations = 50;
    fake.on_run = store_nanoseconds;
    const LaunchRecord record = fake.launch();
    CAPTURE(record.reason);
    CHECK(record.status == CaseStatus::passed);
    const std::uint64_t n = record.calibration->iterations;
    CHECK(record.latency.count() == 3 * n);
    CHECK(record.latency.min_ns() == 100);
    CHECK(record.latency.max_ns() == 100 + n - 1);
}

TEST_CASE("of very many durations every one is counted") {
    FakeSuite fake;
    fake.def.shape = ASSAY_SHAPE_LATENCY;
    fake.def.max_iterations = 200'000;
    fake.request.batch_bytes_max = std::uint64_t{64} << 20;
    fake.request.slice_target_s = 1;
    fake.on_run = [](assay_batch* batch) {
        for (std::uint64_t i = 0; i < batch->iterations; ++i) {
            batch->latency[i] = 100 + (i % 7);
        }
        batch->done = batch->iterations;
        batch->n_latency = batch->iterations;
        batch->latency_ticks = ASSAY_TICKS_NS;
        return ASSAY_OK;
    };
    const LaunchRecord record = fake.launch();
    CAPTURE(record.reason);
    REQUIRE(record.status == CaseStatus::passed);
    CHECK(record.calibration->iterations == 200'000);
    CHECK(record.latency.count() == 600'000);
    CHECK(record.latency.quantile(0.5) == 103);
}

TEST_CASE("only the durations of recorded slices are counted, of every lane") {
    FakeSuite fake;
    fake.def.shape = ASSAY_SHAPE_LATENCY;
    fake.def.max_iterations = 10;
    fake.def.flags = ASSAY_CASE_THREADS;
    fake.def.max_lanes = 2;
    fake.request.lanes = 2;
    fake.request.slices = 4;
    fake.on_run = [](assay_batch* batch) {
        const assay_status status = store_nanoseconds(batch);
        if (batch->warmup != 0) {
            batch->latency[0] = 1'000'000;
        }
        return status;
    };
    const LaunchRecord record = fake.launch();
    CAPTURE(record.reason);
    REQUIRE(record.status == CaseStatus::passed);
    CHECK(record.latency.count() == 8 * record.calibration->iterations);
    CHECK(record.latency.max_ns() < 1'000'000);
}

TEST_CASE("a duration longer than any clock has run is counted as the longest there is") {
    FakeSuite fake;
    fake.def.shape = ASSAY_SHAPE_LATENCY;
    fake.def.max_iterations = 2;
    fake.on_run = [](assay_batch* batch) {
        const assay_status status = store_nanoseconds(batch);
        batch->latency[0] = UINT64_MAX;
        return status;
    };
    const LaunchRecord record = fake.launch();
    CAPTURE(record.reason);
    REQUIRE(record.status == CaseStatus::passed);
    CHECK(record.latency.max_ns() == 3'200'000'000'000'000'000);
}

TEST_CASE("a latency case must store every duration, and not more") {
    FakeSuite fake;
    fake.def.shape = ASSAY_SHAPE_LATENCY;
    fake.on_run = [](assay_batch* batch) { return burn(batch); };
    CHECK(fake.launch().reason == "n_latency is 0, expected one duration for each of 1 operations");
    fake.on_run = [](assay_batch* batch) {
        store_nanoseconds(batch);
        batch->latency[batch->iterations] = 1;
        return ASSAY_OK;
    };
    CHECK(fake.launch().reason == "the plugin wrote behind the batch");
}

TEST_CASE("ticks of a counter that was not offered are refused") {
    FakeSuite fake;
    fake.def.shape = ASSAY_SHAPE_LATENCY;
    fake.on_run = [](assay_batch* batch) {
        store_nanoseconds(batch);
        batch->latency_ticks = 99;
        return ASSAY_OK;
    };
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason.find("latency_ticks is 99") == 0);
}

TEST_CASE("nanoseconds are always one nanosecond long, unknown counters have no length") {
    Ticks ticks(true);
    CHECK(ticks.ns_per_tick(ASSAY_TICKS_NS) == 1.0);
    CHECK(ticks.ns_per_tick(77) == 0.0);
    if (ticks.offered() != ASSAY_TICKS_NS) {
        CHECK(ticks.ns_per_tick(ticks.offered()) > 0.0);
    }
    CHECK(Ticks(false).offered() == ASSAY_TICKS_NS);
}

} // namespace latency_test
