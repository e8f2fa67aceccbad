#include "access_cost.hpp"

#include "active_inference/random_source.hpp"
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
constexpr std::size_t kCallsMax = 512;   // of a reading
constexpr std::uint32_t kHeldMax = 1024; // different keys
constexpr double kReadingNs = 2e6;       // a reading is shortened to about that
constexpr double kFillNs = 50e6;         // and so is filling a cache
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

// Every reading asks for keys of its own: asked for again, the same results would lie in the
// processor's caches as they do in no stream.
double least_ns(RequestPath& path,
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
    stream.draw(ai::derived_seed(seed, kCostSeed), keys);
    const auto full = work.make_path("full", {});
    AccessCost cost;
    const double first_ns = timed_ns(*full, std::span(keys).first(1), now_ns);
    const std::size_t builds = calls_within(kReadingNs, first_ns, kCallsMax);
    cost.build_ns = least_ns(*full, std::span(keys).first(kReadings * builds), builds, now_ns);
    cost.part_ns = work.measure_part_ns(now_ns);
    const auto cached = work.make_path(path, {cache.eviction, ai::kUnlimitedBytes});
    if (cached->cache() == nullptr) {
        return cost;
    }
    // Only as many different keys as the limit holds, each asked for before: hits alone.
    const std::size_t fillable = calls_within(kFillNs, cost.build_ns, kHeldMax);
    const auto held = static_cast<std::uint32_t>(std::min(
        {std::size_t{work.keys_in(cache.limit_bytes)}, std::size_t{work.key_count()}, fillable}));
    for (std::uint32_t& key : keys) {
        key %= held;
    }
    for (std::uint32_t key = 0; key < held; ++key) {
        assay::keep(cached->fetch(key).first.data());
    }
    const double hit_ns = timed_ns(*cached, std::span(keys).first(1), now_ns);
    const std::size_t hits = calls_within(kReadingNs, hit_ns, kCallsMax);
    cost.hit_ns = least_ns(*cached, std::span(keys).first(kReadings * hits), hits, now_ns);
    return cost;
}

double speedup_bound(double savings, const AccessCost& cost) noexcept {
    return 1 / (1 - savings + savings * cost.hit_ns / cost.build_ns);
}

} // namespace assay::matrix_caching
