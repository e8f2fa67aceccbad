#include "access_cost.hpp"

#include "random_source/random_source.hpp"
#include "workload.hpp"

#include <assay/keep.hpp>

#include <algorithm>
#include <ctime>
#include <limits>
#include <span>
#include <vector>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::size_t kReadings = 5;
constexpr std::size_t kCallsMax = 512;                       // of a reading
constexpr std::size_t kPartCalls = 64;                       // of a reading of parts
constexpr double kReadingNs = 2e6;                           // a reading is shortened to about that
constexpr std::uint64_t kFillNs = 50'000'000;                // and so is filling a cache
constexpr std::size_t kKeepBytesMax = std::size_t{64} << 20; // beyond every processor's caches
constexpr std::uint64_t kCostSeed = 6;

std::size_t calls_within(double budget_ns, double one_ns, std::size_t most) {
    const double calls = budget_ns / std::max(one_ns, 1.0);
    return calls >= static_cast<double>(most)
               ? most
               : std::max<std::size_t>(static_cast<std::size_t>(calls), 1);
}

double
timed_ns(RequestPath& path, std::span<const std::uint32_t> keys, const NanosecondClock& now_ns) {
    SampledDigest digest; // reads the results as the timed batches do
    const std::uint64_t begin = now_ns();
    for (const std::uint32_t key : keys) {
        digest.add(path.fetch(key));
    }
    assay::keep(digest.value());
    const std::uint64_t end = now_ns();
    return static_cast<double>(end - begin) / static_cast<double>(keys.size());
}

double least_fetch_ns(RequestPath& path,
                      std::span<const std::uint32_t> keys,
                      std::size_t keys_per_reading,
                      const NanosecondClock& now_ns) {
    double least = std::numeric_limits<double>::infinity();
    while (keys.size() >= keys_per_reading) {
        least = std::min(least, timed_ns(path, keys.first(keys_per_reading), now_ns));
        keys = keys.subspan(keys_per_reading);
    }
    return least;
}

// Asks for one key after the other, as many as the limit holds, until that takes too long; how
// many.
std::uint32_t filled(RequestPath& path, std::uint32_t most, const NanosecondClock& now_ns) {
    const std::uint64_t begin = now_ns();
    std::uint32_t held = 0;
    while (held < most && now_ns() - begin <= kFillNs) {
        assay::keep(path.fetch(held++).first.data());
    }
    return std::max(held, std::uint32_t{1});
}

} // namespace

std::uint64_t thread_cpu_ns() noexcept {
    std::timespec time{};
    static_cast<void>(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time));
    return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000u +
           static_cast<std::uint64_t>(time.tv_nsec);
}

AccessCost measure_access_cost(const Workload& work,
                               const ai::AccessStream& stream,
                               std::string_view path,
                               ai::ByteCacheOptions cache,
                               std::uint64_t seed,
                               const NanosecondClock& now_ns) {
    std::vector<std::uint32_t> keys(kReadings * kCallsMax);
    stream.draw(derived_seed(seed, kCostSeed), keys);
    const auto full = work.make_path("full", {});
    AccessCost cost;
    const double first_ns = timed_ns(*full, std::span(keys).first(1), now_ns);
    const std::size_t builds = calls_within(kReadingNs, first_ns, kCallsMax);
    cost.build_ns =
        least_fetch_ns(*full, std::span(keys).first(kReadings * builds), builds, now_ns);
    cost.part_ns =
        work.measure_part_ns(std::span(keys).first(kReadings * kPartCalls), kPartCalls, now_ns);
    const auto cached = work.make_path(path, {cache.eviction, ai::kUnlimitedBytes});
    if (cached->cache() == nullptr) {
        return cost;
    }
    cost.keep_ns = measure_keep_ns(work.kept_bytes(), cache.limit_bytes, now_ns);
    // Only as many different keys as the limit holds, each asked for before: hits alone.
    const std::uint32_t held =
        filled(*cached, std::min(work.keys_in(cache.limit_bytes), work.key_count()), now_ns);
    for (std::uint32_t& key : keys) {
        key %= held;
    }
    const double hit_ns = timed_ns(*cached, std::span(keys).first(1), now_ns);
    const std::size_t hits = calls_within(kReadingNs, hit_ns, kCallsMax);
    cost.hit_ns = least_fetch_ns(*cached, std::span(keys).first(kReadings * hits), hits, now_ns);
    return cost;
}

double least_ns(std::span<const std::uint32_t> keys,
                std::size_t keys_per_reading,
                const NanosecondClock& now_ns,
                const std::function<void(std::uint32_t)>& call) {
    double least = std::numeric_limits<double>::infinity();
    while (keys.size() >= keys_per_reading) {
        const std::uint64_t begin = now_ns();
        for (const std::uint32_t key : keys.first(keys_per_reading)) {
            call(key);
        }
        const auto ns = static_cast<double>(now_ns() - begin);
        least = std::min(least, ns / static_cast<double>(keys_per_reading));
        keys = keys.subspan(keys_per_reading);
    }
    return least;
}

// Entry after entry a golden share further on: as far apart as the ones that leave a cache.
double
measure_keep_ns(std::size_t entry_bytes, std::size_t memory_bytes, const NanosecondClock& now_ns) {
    const std::size_t values = std::max(entry_bytes / sizeof(double), std::size_t{1});
    const std::size_t places =
        std::max(std::min(memory_bytes, kKeepBytesMax) / sizeof(double) / values, std::size_t{1});
    std::vector<double> memory(places * values, 0.0);
    const std::vector<double> entry(values, 1.0);
    std::uint64_t share = 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t reading = 0; reading < kReadings; ++reading) {
        const std::uint64_t begin = now_ns();
        for (std::size_t call = 0; call < kCallsMax; ++call) {
            share += 0x9E3779B9u;
            const std::size_t place = (share & 0xFFFFFFFFu) * places >> 32;
            std::ranges::copy(entry, memory.begin() + static_cast<std::ptrdiff_t>(place * values));
        }
        assay::keep(memory.data());
        least = std::min(least, static_cast<double>(now_ns() - begin) / kCallsMax);
    }
    return least;
}

} // namespace assay::matrix_caching
