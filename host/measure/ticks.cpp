#include "measure/ticks.hpp"

#include "measure/clock.hpp"

#include <assay/plugin.h>

#include <cstdio>
#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#include <x86intrin.h>
#endif

namespace assay::measure {
namespace {

// Over a shorter stretch the reading of the clock itself would show in the ratio.
constexpr std::uint64_t kCalibrationNs = 1'000'000;

std::uint64_t read_ticks(std::uint32_t counter) noexcept {
#if defined(__x86_64__)
    if (counter == ASSAY_TICKS_TSC) {
        _mm_lfence();
        const std::uint64_t ticks = __rdtsc();
        _mm_lfence();
        return ticks;
    }
#elif defined(__aarch64__)
    if (counter == ASSAY_TICKS_CNTVCT) {
        std::uint64_t ticks = 0;
        asm volatile("isb; mrs %0, cntvct_el0" : "=r"(ticks));
        return ticks;
    }
#endif
    static_cast<void>(counter);
    return monotonic_ns();
}

#if defined(__x86_64__)
bool invariant_tsc() noexcept {
    unsigned int eax = 0;
    unsigned int ebx = 0;
    unsigned int ecx = 0;
    unsigned int edx = 0;
    // "Advanced power management": bit 8 = constant rate, does not stop in deep sleep.
    return __get_cpuid(0x80000007u, &eax, &ebx, &ecx, &edx) != 0 && (edx & (1u << 8)) != 0;
}

bool kernel_trusts_tsc() noexcept {
    std::FILE* file =
        std::fopen("/sys/devices/system/clocksource/clocksource0/current_clocksource", "re");
    if (file == nullptr) {
        return false;
    }
    char name[16] = {};
    const bool read = std::fgets(name, sizeof name, file) != nullptr;
    std::fclose(file);
    return read && std::strcmp(name, "tsc\n") == 0;
}
#endif

std::uint32_t best_counter() noexcept {
#if defined(__x86_64__)
    return invariant_tsc() && kernel_trusts_tsc() ? ASSAY_TICKS_TSC : ASSAY_TICKS_NS;
#elif defined(__aarch64__)
    return ASSAY_TICKS_CNTVCT;
#else
    return ASSAY_TICKS_NS;
#endif
}

} // namespace

Ticks::Ticks(bool wanted) noexcept {
    if (wanted) {
        offered_ = best_counter();
    }
    if (offered_ != ASSAY_TICKS_NS) {
        start_ns_ = monotonic_ns();
        start_ticks_ = read_ticks(offered_);
    }
}

double Ticks::ns_per_tick(std::uint32_t used) noexcept {
    if (used == ASSAY_TICKS_NS) {
        return 1.0;
    }
    if (used != offered_) {
        return 0.0;
    }
    std::uint64_t now_ns = monotonic_ns();
    while (now_ns - start_ns_ < kCalibrationNs) {
        now_ns = monotonic_ns();
    }
    const std::uint64_t ticks = read_ticks(offered_) - start_ticks_;
    return ticks == 0 ? 0.0 : static_cast<double>(now_ns - start_ns_) / static_cast<double>(ticks);
}

} // namespace assay::measure
