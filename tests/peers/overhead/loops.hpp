// One measurement in a fresh process: `kReadings` readings of a loop of fixed length, each in
// nanoseconds of thread CPU time per iteration, of which the median counts.
//
// One thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace overhead {

enum class Body { empty, chain };

inline constexpr int kReadings = 15;

// About 10 ms a reading: a thousand times what reading the thread CPU clock costs, and long enough
// that what Google Benchmark does around its loop disappears.
constexpr std::uint64_t iterations_of(Body body) noexcept {
    return body == Body::empty ? 40'000'000 : 1'200'000;
}

std::vector<double> google_benchmark_ns(Body body);
std::vector<double> assay_ns(Body body); // throws std::runtime_error when the plugin does not load

} // namespace overhead
