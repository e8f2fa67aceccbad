#include "measure/machine_sample.hpp"

#include "measure/clock.hpp"
#include "measure/reference_kernel.hpp"
#include "measure/steal.hpp"
#include "measure/ticks.hpp"

#include <assay/plugin.h>

#include <chrono>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace assay::measure {
namespace {

constexpr std::size_t kSlicesMin = 48; // four pairs of six slices a side
constexpr double kSecondsMax = 0.9;    // of everything, however slow the machine

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::optional<double> tick_pair_s() {
#if defined(__x86_64__)
    constexpr int kPairs = 2000;
    Ticks ticks(true);
    if (ticks.offered() != ASSAY_TICKS_TSC) {
        return std::nullopt;
    }
    const std::uint64_t before = monotonic_ns();
    for (int i = 0; i < kPairs; ++i) {
        const std::uint64_t first = __rdtsc();
        const std::uint64_t second = __rdtsc();
        asm volatile("" ::"r"(first), "r"(second));
    }
    return static_cast<double>(monotonic_ns() - before) * 1e-9 / kPairs;
#else
    return std::nullopt;
#endif
}

} // namespace

MachineSample sample_machine() {
    const auto start = std::chrono::steady_clock::now();
    const auto ticks = processor_ticks();
    MachineSample sample;
    sample.clocks = {.wall_s = clock_cost_s(Clock::wall),
                     .thread_cpu_s = clock_cost_s(Clock::thread_cpu),
                     .ticks_s = tick_pair_s()};
    ReferenceKernel alu(KernelKind::alu);
    ReferenceKernel memory(KernelKind::memory);
    const std::uint64_t alu_links = alu.links_for(kSampleSlice_s);
    const std::uint64_t memory_links = memory.links_for(kSampleSlice_s);
    // In turns: a slow moment hits both.
    while (sample.alu.size() < kSlicesMin || seconds_since(start) < kSampleSeconds) {
        sample.alu.push_back(alu.slice(alu_links));
        sample.memory.push_back(memory.slice(memory_links));
        if (seconds_since(start) > kSecondsMax) {
            break;
        }
    }
    sample.steal_share = steal_share(ticks, processor_ticks());
    sample.seconds = seconds_since(start);
    return sample;
}

} // namespace assay::measure
