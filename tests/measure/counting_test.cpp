#include "fake_suite.hpp"
#include "measure/instruction_counter.hpp"

#include <doctest/doctest.h>

#include <linux/perf_event.h>
#include <sys/mman.h>

namespace counting_test {

using namespace assay::measure;
using namespace assay::measure::test;

TEST_CASE("a counting launch runs a lead-in and the counted batch and times nothing") {
    FakeSuite fake;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> batches; // iterations, warmup
    std::vector<std::uint64_t> seeds;
    fake.on_run = [&](assay_batch* batch) {
        batches.emplace_back(batch->iterations, batch->warmup);
        seeds.push_back(batch->seed);
        return burn(batch);
    };
    fake.request.slices = 0;
    fake.request.count_iterations = 100;
    const LaunchRecord record = fake.launch();
    REQUIRE_MESSAGE(record.status == CaseStatus::passed, record.reason);
    REQUIRE(record.count.has_value());
    CHECK(record.count->iterations == 100);
    CHECK_FALSE(record.count->instructions.has_value()); // nobody armed a counter
    CHECK(record.slices.empty());
    CHECK_FALSE(record.calibration.has_value());
    CHECK(fake.observer.turns == 0);
    REQUIRE(batches.size() == 2);
    CHECK(batches[0] == std::pair<std::uint64_t, std::uint32_t>{11, 1});
    CHECK(batches[1] == std::pair<std::uint64_t, std::uint32_t>{100, 0});
    // The same inputs next time.
    const std::vector<std::uint64_t> first = seeds;
    seeds.clear();
    fake.launch();
    CHECK(seeds == first);
}

TEST_CASE("a counted batch that fails or has no memory ends the launch with its reason") {
    FakeSuite fake;
    fake.request.slices = 0;
    fake.request.count_iterations = 100;
    fake.on_run = [](assay_batch*) { return ASSAY_E_FAIL; };
    LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK_FALSE(record.count.has_value());
    fake.on_run = {};
    fake.on_prepare = [](assay_batch*) { return ASSAY_E_NOMEM; };
    record = fake.launch();
    CHECK(record.status == CaseStatus::failed);
    CHECK(record.reason.find("no memory for 100") != std::string::npos);
}

TEST_CASE("a memory launch without the counter of allocations is unavailable and runs nothing") {
    FakeSuite fake;
    int batches = 0;
    fake.on_run = [&](assay_batch* batch) {
        ++batches;
        return burn(batch);
    };
    fake.request.slices = 0;
    fake.request.memory_iterations = 10;
    const LaunchRecord record = fake.launch();
    CHECK(record.status == CaseStatus::unavailable);
    CHECK(record.reason.find("counter of allocations") != std::string::npos);
    CHECK(record.memory.empty());
    CHECK(batches == 0);
}

TEST_CASE("a counter of the kernel counts what happens between start and stop") {
    auto counter = KernelCounter::open(PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS);
    if (!counter) {
        MESSAGE("skipped: " << counter.error().message);
        return;
    }
    constexpr std::size_t kPages = 64;
    constexpr std::size_t kPageBytes = 4096;
    const auto touch = [&] {
        void* const memory = ::mmap(nullptr,
                                    kPages * kPageBytes,
                                    PROT_READ | PROT_WRITE,
                                    MAP_PRIVATE | MAP_ANONYMOUS,
                                    -1,
                                    0);
        REQUIRE(memory != MAP_FAILED);
        ::madvise(memory, kPages * kPageBytes, MADV_NOHUGEPAGE);
        for (std::size_t i = 0; i < kPages; ++i) {
            static_cast<volatile char*>(memory)[i * kPageBytes] = 1;
        }
        ::munmap(memory, kPages * kPageBytes);
    };
    touch();
    counter->start();
    touch();
    const auto counted = counter->stop();
    touch();
    REQUIRE(counted.has_value());
    CHECK(*counted >= kPages);
    CHECK(*counted < 2 * kPages);
    CHECK(counter->stop() == counted); // what came after does not count
}

TEST_CASE("a counter that this machine does not have is unavailable with a reason") {
    const auto counter = KernelCounter::open(PERF_TYPE_HARDWARE, ~std::uint64_t{0});
    REQUIRE_FALSE(counter.ok());
    CHECK(counter.error().kind == assay::ErrorKind::unavailable);
    CHECK(counter.error().message.starts_with("perf_event: "));
    const auto instructions = open_instruction_counter();
    CHECK((instructions.ok() || instructions.error().message.starts_with("perf_event: ")));
}

} // namespace counting_test
