// Memory launches through real workers, and why there are none.
#include "workers/memory_desk.hpp"

#include <doctest/doctest.h>

#include <string>

namespace assay::workers {

namespace {

SupervisorOptions options() {
    SupervisorOptions options;
    options.worker_program = ASSAY_WORKER_PROGRAM;
    return options;
}

measure::LaunchRequest three() {
    measure::LaunchRequest request;
    request.suite = "allocating";
    request.family = 1;
    request.case_id = "allocating/three";
    request.memory_iterations = 10;
    return request;
}

// False, and said so, where this build has no counter.
bool can_watch(const MemoryDesk& desk) {
    if (!desk.reason().empty()) {
        MESSAGE("skipped: " << desk.reason());
    }
    return desk.reason().empty();
}

} // namespace

TEST_CASE("three allocations per iteration are thirty in ten and sixty in twenty") {
    MemoryDesk desk(options(), ASSAY_ALLOCATION_COUNTER);
    if (!can_watch(desk)) {
        return;
    }
    const MemoryAnswer answer = desk.measure(ASSAY_ALLOCATING_PLUGIN, "allocating", three(), {});
    REQUIRE_MESSAGE(answer.batches.size() == 2, answer.reason);
    CHECK(answer.batches[0].iterations == 10);
    CHECK(answer.batches[0].allocations == 30);
    CHECK(answer.batches[0].bytes == 10 * 168);
    CHECK(answer.batches[0].peak_live_bytes == 168);
    CHECK(answer.batches[1].iterations == 20);
    CHECK(answer.batches[1].allocations == 60);
    CHECK(answer.batches[1].bytes == 20 * 168);
    CHECK(answer.peak_rss_bytes > 0);
}

TEST_CASE("a counter that is not there or cannot be named is the reason for no figure") {
    MemoryDesk absent(options(), "/nowhere/libassay-allocations.so");
    CHECK(absent.reason().find("/nowhere/libassay-allocations.so, is not there") !=
          std::string::npos);
    const MemoryAnswer answer = absent.measure(ASSAY_ALLOCATING_PLUGIN, "allocating", three(), {});
    CHECK(answer.batches.empty());
    CHECK(answer.reason == absent.reason());
    const MemoryDesk blank(options(), "/my programs/libassay-allocations.so");
    CHECK(blank.reason().find("blank or colon") != std::string::npos);
}

// As with a worker that is linked statically: the file is there and does not come in.
TEST_CASE("a worker that the counter did not get into says so instead of counting 0") {
    MemoryDesk desk(options(), "/dev/null");
    REQUIRE(desk.reason().empty());
    const MemoryAnswer answer = desk.measure(ASSAY_ALLOCATING_PLUGIN, "allocating", three(), {});
    CHECK(answer.batches.empty());
    CHECK(answer.reason.find("is not in this worker") != std::string::npos);
}

TEST_CASE("a case that does not run is not counted and tells why") {
    MemoryDesk desk(options(), ASSAY_ALLOCATION_COUNTER);
    if (!can_watch(desk)) {
        return;
    }
    measure::LaunchRequest request = three();
    request.lanes = 2;
    const MemoryAnswer answer = desk.measure(ASSAY_ALLOCATING_PLUGIN, "allocating", request, {});
    CHECK(answer.batches.empty());
    CHECK(answer.reason.find("lanes") != std::string::npos);
    desk.cancel_all();
    CHECK(
        desk.measure(ASSAY_ALLOCATING_PLUGIN, "allocating", three(), {}).reason.find("cancelled") !=
        std::string::npos);
}

} // namespace assay::workers
