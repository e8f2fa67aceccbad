#include "access_cost.hpp"

#include "active_inference/transition_path.hpp"

#include <assay/keep.hpp>

#include <algorithm>
#include <limits>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr int kReadings = 5;
constexpr std::uint32_t kRequestsMax = 8; // 40 states, 4 steps: about 0.6 ms a reading
constexpr std::uint32_t kHitRounds = 64;  // a hit is some 50 ns, a clock reading 30

template <class Fetch>
double least_ns(const TransitionWorkload& work,
                std::uint32_t rounds,
                const NanosecondClock& now_ns,
                Fetch&& fetch) {
    const std::uint32_t requests = std::min(work.request_count(), kRequestsMax);
    double least = std::numeric_limits<double>::infinity();
    for (int reading = 0; reading < kReadings; ++reading) {
        const std::uint64_t begin = now_ns();
        for (std::uint32_t round = 0; round < rounds; ++round) {
            for (std::uint32_t key = 0; key < requests; ++key) {
                const TransitionRequest request = work.request(key);
                assay::keep(fetch(request.factor, work.actions(request)).smoothing.front());
            }
        }
        const std::uint64_t end = now_ns();
        least = std::min(least, static_cast<double>(end - begin) / (double{1} * rounds * requests));
    }
    return least;
}

} // namespace

AccessCost measure_access_cost(const TransitionWorkload& work,
                               ai::Eviction eviction,
                               const NanosecondClock& now_ns) {
    ai::FullTransitions full(work.matrices());
    ai::CachedTransitions cached(work.matrices(), {eviction, ai::kUnlimitedBytes});
    const auto fetch_cached = [&](std::size_t factor, ai::ActionSequence actions) {
        return cached.fetch(factor, actions);
    };
    AccessCost cost;
    cost.build_ns = least_ns(work, 1, now_ns, [&](std::size_t factor, ai::ActionSequence actions) {
        return full.fetch(factor, actions);
    });
    // The first reading fills the cache and is never the least.
    cost.hit_ns = least_ns(work, kHitRounds, now_ns, fetch_cached);
    return cost;
}

double speedup_bound(double savings, const AccessCost& cost) noexcept {
    return 1 / (1 - savings + savings * cost.hit_ns / cost.build_ns);
}

} // namespace assay::matrix_caching
