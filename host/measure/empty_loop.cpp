#include "measure/empty_loop.hpp"

#include "measure/clock.hpp"

#include <algorithm>
#include <array>

namespace assay::measure {
namespace {

// About 0.1 ms: far longer than the clock costs.
constexpr std::uint64_t kReadingIterations = 300'000;

std::uint64_t now_ns() noexcept {
    return has_thread_cpu_clock() ? thread_cpu_ns() : monotonic_ns();
}

} // namespace

[[gnu::noinline]] void empty_loop(std::uint64_t n) noexcept {
    for (std::uint64_t i = 0; i < n; ++i) {
        asm volatile("" : : : "memory"); // as the SDK keeps a body without a result
    }
}

double empty_iteration_s() noexcept {
    std::array<double, 9> readings{};
    for (double& reading : readings) {
        const std::uint64_t before = now_ns();
        empty_loop(kReadingIterations);
        reading =
            static_cast<double>(now_ns() - before) * 1e-9 / static_cast<double>(kReadingIterations);
    }
    return *std::min_element(readings.begin(), readings.end());
}

} // namespace assay::measure
