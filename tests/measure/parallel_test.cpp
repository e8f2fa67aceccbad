#include "fake_suite.hpp"
#include "measure/host_services.hpp"

#include <doctest/doctest.h>

#include <atomic>

namespace parallel_test {

using namespace assay::measure;
using namespace assay::measure::test;

namespace {

const assay_parallel_v1& service() {
    const void* const found = host_services().service(str(ASSAY_SERVICE_PARALLEL));
    REQUIRE(found != nullptr);
    return *static_cast<const assay_parallel_v1*>(found);
}

struct Count {
    std::atomic<std::uint64_t> pieces{0}, elements{0};
    CancelWord* cancel = nullptr;
};

void count(void* user, std::uint64_t begin, std::uint64_t end) noexcept {
    auto& seen = *static_cast<Count*>(user);
    ++seen.pieces;
    seen.elements += end - begin;
    if (seen.cancel != nullptr) {
        seen.cancel->store(1);
    }
}

} // namespace

TEST_CASE("every element is visited once, in pieces") {
    Count seen;
    CHECK(service().concurrency(nullptr) >= 1);
    CHECK(service().for_each(nullptr, 10'000, 100, &seen, count) == ASSAY_OK);
    CHECK(seen.elements == 10'000);
    CHECK(seen.pieces >= 100);
    Count chosen;
    CHECK(service().for_each(nullptr, 3, 0, &chosen, count) == ASSAY_OK);
    CHECK(chosen.elements == 3);
    Count none;
    CHECK(service().for_each(nullptr, 0, 0, &none, count) == ASSAY_OK);
    CHECK(none.pieces == 0);
    CHECK(service().for_each(nullptr, 3, 0, &none, nullptr) == ASSAY_E_STATE);
}

TEST_CASE("a parallel loop that is cancelled says that not all was done") {
    RecordingObserver observer;
    CancelWord cancel{0};
    ServiceDesk desk(&observer, &cancel);
    Count seen;
    seen.cancel = &cancel;
    CHECK(service().for_each(desk.scope(), 1'000'000, 1, &seen, count) == ASSAY_E_CANCELLED);
    CHECK(seen.elements < 1'000'000);
}

TEST_CASE("a parallel loop inside run is allowed, and noted with its threads") {
    FakeSuite fake;
    fake.def.shape = ASSAY_SHAPE_SINGLE;
    const assay_parallel_v1& parallel = service();
    fake.on_run = [&](assay_batch*) {
        Count seen;
        return parallel.for_each(fake.scope, 64, 1, &seen, count);
    };
    fake.request.strict = true;
    const LaunchRecord record = fake.launch();
    CAPTURE(record.reason);
    CHECK(record.status == CaseStatus::passed);
    CHECK(has_note(record, "assay.parallel/1: "));
    CHECK_FALSE(has_note(record, "host call in run"));
}

} // namespace parallel_test
