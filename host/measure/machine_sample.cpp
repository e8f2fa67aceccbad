#include "measure/machine_sample.hpp"

#include "measure/clock.hpp"
#include "measure/reference_kernel.hpp"
#include "measure/steal.hpp"
#include "measure/ticks.hpp"

#include <assay/plugin.h>

#include <chrono>
#include <sched.h>
#include <thread>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace assay::measure {
namespace {

constexpr std::size_t kSlicesMin = 4 * kSlicesPerShortPair; // of each kernel
constexpr double kSecondsMax = 0.9; // of everything, however slow the machine

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

// The CPUs that this thread may use, and the way to keep it on one of them for a while.
class AffinityMask {
public:
    AffinityMask() noexcept {
        CPU_ZERO(&all_);
        is_known_ = ::sched_getaffinity(0, sizeof all_, &all_) == 0;
    }

    // The next one in turn; false where there is no choice or no permission.
    [[nodiscard]] bool pin_to_next() noexcept {
        if (!is_known_ || CPU_COUNT(&all_) < 2) {
            return false;
        }
        do {
            next_ = (next_ + 1) % CPU_SETSIZE;
        } while (!CPU_ISSET(next_, &all_));
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(next_, &one);
        return ::sched_setaffinity(0, sizeof one, &one) == 0;
    }

    void release() const noexcept { ::sched_setaffinity(0, sizeof all_, &all_); }

private:
    cpu_set_t all_;
    bool is_known_ = false;
    std::size_t next_ = CPU_SETSIZE - 1;
};

// A kernel with the work of one slice.
struct Work {
    explicit Work(KernelKind kind)
        : kernel(kind)
        , links(kernel.links_for(kSampleSlice_s)) {}

    ReferenceKernel kernel;
    std::uint64_t links;
};

// The kernels in turns: a slow moment hits both.
void take_short_pair(Work& alu, Work& memory, KernelSlices& into) {
    for (std::size_t i = 0; i < kSlicesPerShortPair; ++i) {
        into.alu.push_back(alu.kernel.slice(alu.links));
        into.memory.push_back(memory.kernel.slice(memory.links));
    }
}

// Pinned and free in turns, for the same reason. Where that takes long, because the machine is
// busy, the rest of the time goes to the manner in which workers run unless something speaks
// against it.
MachineSample sample_here() {
    const auto start = std::chrono::steady_clock::now();
    const auto ticks = processor_ticks();
    MachineSample sample;
    sample.clocks = {.wall_s = clock_cost_s(Clock::wall),
                     .thread_cpu_s = clock_cost_s(Clock::thread_cpu),
                     .ticks_s = tick_pair_s()};
    Work alu(KernelKind::alu);
    Work memory(KernelKind::memory);
    AffinityMask mask;
    double spent_s = 0;
    for (std::size_t slices = 0;
         spent_s < kSecondsMax && (slices < kSlicesMin || spent_s < kSampleSeconds);
         slices += kSlicesPerShortPair) {
        const bool pins = mask.pin_to_next();
        if (pins) {
            take_short_pair(alu, memory, sample.pinned);
            mask.release();
        }
        if (!pins || sample.free.alu.empty() || spent_s < kSampleSeconds) {
            take_short_pair(alu, memory, sample.free);
        }
        spent_s = seconds_since(start);
    }
    sample.steal_share = steal_share(ticks, processor_ticks());
    sample.seconds = seconds_since(start);
    return sample;
}

} // namespace

MachineSample sample_machine() {
    MachineSample sample;
    std::thread([&sample] { sample = sample_here(); }).join();
    return sample;
}

KernelSlices sample_kernels() {
    KernelSlices slices;
    std::thread([&slices] {
        Work alu(KernelKind::alu);
        Work memory(KernelKind::memory);
        take_short_pair(alu, memory, slices);
        take_short_pair(alu, memory, slices);
    }).join();
    return slices;
}

} // namespace assay::measure
