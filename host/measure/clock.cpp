#include "measure/clock.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace assay::measure {
namespace {

std::uint64_t read_clock(clockid_t id) noexcept {
    timespec now{};
    if (::clock_gettime(id, &now) != 0) {
        return 0;
    }
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000u +
           static_cast<std::uint64_t>(now.tv_nsec);
}

clockid_t system_clock(Clock clock) noexcept {
    switch (clock) {
    case Clock::thread_cpu:
        return CLOCK_THREAD_CPUTIME_ID;
    case Clock::process_cpu:
        return CLOCK_PROCESS_CPUTIME_ID;
    case Clock::automatic:
    case Clock::wall:
    case Clock::manual:
        break;
    }
    return CLOCK_MONOTONIC;
}

double maximum_frequency_hz() noexcept {
    std::FILE* file =
        std::fopen("/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq", "re"); // in kHz
    if (file == nullptr) {
        return 0;
    }
    unsigned long kilohertz = 0;
    const bool read = std::fscanf(file, "%lu", &kilohertz) == 1;
    std::fclose(file);
    return read ? static_cast<double>(kilohertz) * 1e3 : 0;
}

} // namespace

std::uint64_t monotonic_ns() noexcept {
    return read_clock(CLOCK_MONOTONIC);
}

std::uint64_t thread_cpu_ns() noexcept {
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

std::uint64_t process_cpu_ns() noexcept {
    return read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

double clock_cost_s(Clock clock) noexcept {
    const clockid_t id = system_clock(clock);
    std::array<std::uint64_t, 25> pairs{};
    for (std::uint64_t& pair : pairs) {
        const std::uint64_t before = read_clock(id);
        pair = read_clock(id) - before;
    }
    std::nth_element(pairs.begin(), pairs.begin() + pairs.size() / 2, pairs.end());
    return static_cast<double>(pairs[pairs.size() / 2]) * 1e-9;
}

Clock resolve_clock(const FamilyDescription& family, std::uint32_t lanes, Clock open) noexcept {
    if (family.shape == Shape::manual) {
        return Clock::manual;
    }
    // A manual clock needs the shape that fills it; on another shape it means nothing.
    if (family.clock != Clock::automatic && family.clock != Clock::manual) {
        return family.clock;
    }
    constexpr std::uint32_t waiting = ASSAY_DOMAIN_DISK | ASSAY_DOMAIN_NETWORK | ASSAY_DOMAIN_GPU;
    if ((family.domains & waiting) != 0 || lanes > 1) {
        return Clock::wall;
    }
    return open != Clock::wall && has_thread_cpu_clock() ? Clock::thread_cpu : Clock::wall;
}

bool has_thread_cpu_clock() noexcept {
    timespec resolution{};
    return ::clock_getres(CLOCK_THREAD_CPUTIME_ID, &resolution) == 0;
}

double shortest_iteration_s() noexcept {
    static const double frequency = maximum_frequency_hz();
    return frequency > 0 ? 0.5 / frequency : 0.1e-9;
}

} // namespace assay::measure
