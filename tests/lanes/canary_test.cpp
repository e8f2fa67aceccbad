// The canary on the real machine: what it finds depends on it, how it behaves does not.
#include "lanes/canary.hpp"
#include "lanes/processor_supply.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <sched.h>

using namespace assay;
using namespace assay::lanes;
using measure::KernelKind;

TEST_CASE("the canary ends in its time with figures of both kernels") {
    const ProcessorSupply supply = processor_supply();
    const CanaryFindings found =
        run_canary({.cpus = supply.cpus, .seconds = 0.2, .whole_time = true});
    for (const KernelKind kernel : {KernelKind::alu, KernelKind::memory}) {
        const auto slowdown = found.test.slowdown(kernel);
        REQUIRE(slowdown.has_value());
        CHECK(std::isfinite(slowdown->estimate));
        CHECK(slowdown->pairs >= 1);
    }
    CHECK(found.seconds >= 0.2);
    CHECK(found.seconds < 60); // however busy the machine
}

TEST_CASE("a neighbour on the canary's own CPU is never let in") {
    const ProcessorSupply supply = processor_supply();
    REQUIRE_FALSE(supply.cpus.empty());
    const int cpu = supply.cpus.front();
    const CanaryFindings found = run_canary({.cpus = {cpu, cpu}, .fixed = true, .seconds = 3});
    CHECK(found.test.ruling() != Ruling::admitted);
}

TEST_CASE("a canary that is stopped decides nothing") {
    int asked = 0;
    const CanaryFindings found = run_canary({.seconds = 1000, .stop = [&] { return ++asked > 2; }});
    CHECK(asked == 3);
    CHECK(found.test.ruling() == Ruling::open);
}

TEST_CASE("the caller keeps its CPUs") {
    cpu_set_t before;
    cpu_set_t after;
    CPU_ZERO(&before);
    CPU_ZERO(&after);
    REQUIRE(::sched_getaffinity(0, sizeof before, &before) == 0);
    (void)run_canary({.cpus = processor_supply().cpus, .seconds = 0.01});
    REQUIRE(::sched_getaffinity(0, sizeof after, &after) == 0);
    CHECK(CPU_EQUAL(&before, &after));
}
