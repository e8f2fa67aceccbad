#include "measure/machine_sample.hpp"
#include "measure/reference_kernel.hpp"
#include "measure/steal.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <sched.h>
#include <set>

namespace reference_kernel_test {

using namespace assay::measure;

TEST_CASE("a kernel's work grows with its links") {
    for (const KernelKind kind : {KernelKind::alu, KernelKind::memory}) {
        ReferenceKernel kernel(kind);
        const std::uint64_t n = kernel.links_for(1e-3);
        CHECK(n > 1000);
        std::uint64_t shortest_one = ~0ull;
        std::uint64_t shortest_four = ~0ull;
        for (int i = 0; i < 9; ++i) { // the least of some: others may have the CPU meanwhile
            shortest_one = std::min(shortest_one, kernel.slice(n).thread_cpu_ns);
            shortest_four = std::min(shortest_four, kernel.slice(4 * n).thread_cpu_ns);
        }
        CHECK(shortest_four > 2 * shortest_one);
        CHECK(shortest_four < 8 * shortest_one);
    }
}

TEST_CASE("a slice says what it did and what the system counted") {
    ReferenceKernel kernel(KernelKind::alu);
    const SliceRecord slice = kernel.slice(10'000);
    CHECK(slice.iterations == 10'000);
    CHECK(slice.done == 10'000);
    CHECK(slice.thread_cpu_ns > 0);
    CHECK(slice.wall_ns > 0);
}

TEST_CASE("a sample has equal slices of both kernels, free and pinned, and knows its clocks") {
    cpu_set_t before;
    REQUIRE(::sched_getaffinity(0, sizeof before, &before) == 0);
    const MachineSample sample = sample_machine();
    CHECK(sample.free.alu.size() == sample.free.memory.size());
    CHECK(sample.free.alu.size() >= kSlicesPerShortPair);
    CHECK(sample.free.alu.front().iterations == sample.free.alu.back().iterations);
    CHECK(sample.clocks.wall_s > 0);
    CHECK(sample.clocks.thread_cpu_s > 0);
    CHECK(sample.seconds > 0);
    // Nobody else is moved.
    cpu_set_t after;
    REQUIRE(::sched_getaffinity(0, sizeof after, &after) == 0);
    CHECK(CPU_EQUAL(&before, &after));
}

TEST_CASE("every pinned short pair of a sample stays on one CPU, and each CPU has its turn") {
    cpu_set_t allowed;
    REQUIRE(::sched_getaffinity(0, sizeof allowed, &allowed) == 0);
    const KernelSlices pinned = sample_machine().pinned;
    if (CPU_COUNT(&allowed) < 2) {
        CHECK(pinned.alu.empty());
        return;
    }
    REQUIRE(pinned.alu.size() % kSlicesPerShortPair == 0);
    REQUIRE(pinned.memory.size() == pinned.alu.size());
    std::set<std::uint16_t> cpus;
    for (std::size_t i = 0; i < pinned.alu.size(); ++i) {
        const SliceRecord& first = pinned.alu[i - i % kSlicesPerShortPair];
        for (const SliceRecord* const slice : {&pinned.alu[i], &pinned.memory[i]}) {
            CHECK(slice->cpu_before == first.cpu_before);
            CHECK(slice->cpu_after == first.cpu_before);
        }
        cpus.insert(first.cpu_before);
    }
    const std::size_t pairs = pinned.alu.size() / kSlicesPerShortPair;
    CHECK(cpus.size() ==
          std::min<std::size_t>(pairs, static_cast<std::size_t>(CPU_COUNT(&allowed))));
}

TEST_CASE("the stolen share is that of the time between two readings") {
    using Ticks = ProcessorTicks;
    CHECK(*steal_share(Ticks{100, 10}, Ticks{200, 35}) == doctest::Approx(0.25));
    CHECK_FALSE(steal_share(Ticks{100, 10}, Ticks{100, 10}).has_value()); // no time passed
    CHECK_FALSE(steal_share(Ticks{100, 10}, Ticks{200, 9}).has_value());  // a counter that fell
    CHECK_FALSE(steal_share(std::nullopt, Ticks{200, 9}).has_value());
}

} // namespace reference_kernel_test
