#include "measure/machine_sample.hpp"
#include "measure/reference_kernel.hpp"
#include "measure/steal.hpp"

#include <doctest/doctest.h>

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

TEST_CASE("a sample has equal slices of both kernels and knows its clocks") {
    const MachineSample sample = sample_machine();
    CHECK(sample.alu.size() == sample.memory.size());
    CHECK(sample.alu.size() >= 2);
    CHECK(sample.alu.front().iterations == sample.alu.back().iterations);
    CHECK(sample.clocks.wall_s > 0);
    CHECK(sample.clocks.thread_cpu_s > 0);
    CHECK(sample.seconds > 0);
}

TEST_CASE("the stolen share is that of the time between two readings") {
    using Ticks = ProcessorTicks;
    CHECK(*steal_share(Ticks{100, 10}, Ticks{200, 35}) == doctest::Approx(0.25));
    CHECK_FALSE(steal_share(Ticks{100, 10}, Ticks{100, 10}).has_value()); // no time passed
    CHECK_FALSE(steal_share(Ticks{100, 10}, Ticks{200, 9}).has_value());  // a counter that fell
    CHECK_FALSE(steal_share(std::nullopt, Ticks{200, 9}).has_value());
}
