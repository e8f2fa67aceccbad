#include "measure/reference_kernel.hpp"

#include "measure/clock.hpp"
#include "measure/handicap.hpp"
#include "measure/os_counters.hpp"
#include "measure/work_time.hpp"

#include <algorithm>
#include <numeric>
#include <random>

namespace assay::measure {
namespace {

constexpr std::size_t kEntries = std::size_t{1} << 20;
constexpr std::uint64_t kOrderSeed = 1; // of the reads: the same everywhere
constexpr std::uint64_t kProbeLinks = 20'000;

std::uint64_t cpu_now_ns() noexcept {
    return has_thread_cpu_clock() ? thread_cpu_ns() : monotonic_ns();
}

} // namespace

std::string_view name_of(KernelKind kind) noexcept {
    return kind == KernelKind::alu ? "alu" : "memory";
}

ReferenceKernel::ReferenceKernel(KernelKind kind) {
    if (kind == KernelKind::alu) {
        return;
    }
    // Sattolo's shuffle: a permutation of one cycle, so that every read waits for the one before.
    next_.resize(kEntries);
    std::iota(next_.begin(), next_.end(), 0u);
    std::mt19937_64 random(kOrderSeed);
    for (std::size_t i = kEntries - 1; i > 0; --i) {
        std::swap(next_[i], next_[random() % i]);
    }
}

void ReferenceKernel::run(std::uint64_t n) noexcept {
    if (next_.empty()) {
        multiply_chain(n);
        return;
    }
    std::uint32_t at = at_;
    for (std::uint64_t i = 0; i < n; ++i) {
        at = next_[at];
        asm volatile("" : "+r"(at));
    }
    at_ = at;
}

std::uint64_t ReferenceKernel::links_for(double seconds) {
    const double link_s = median_work_s([this] { run(kProbeLinks); }) / kProbeLinks;
    return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(seconds / link_s));
}

SliceRecord ReferenceKernel::slice(std::uint64_t n) noexcept {
    SliceRecord record;
    record.iterations = n;
    record.done = n;
    const OsCounters before = os_counters();
    const std::uint64_t cpu = cpu_now_ns();
    record.start_ns = monotonic_ns();
    run(n);
    record.wall_ns = monotonic_ns() - record.start_ns;
    record.thread_cpu_ns = cpu_now_ns() - cpu;
    fill(record, before, os_counters());
    return record;
}

} // namespace assay::measure
