#include "access_cost.hpp"

#include "active_inference/random_source.hpp"
#include "active_inference/transition_path.hpp"
#include "result_digest.hpp"

#include <assay/keep.hpp>

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::size_t kReadings = 5;
constexpr std::size_t kBuilds = 8;       // of a reading: 40 states, 4 steps take about 0.2 ms
constexpr std::size_t kHits = 512;       // of a reading
constexpr std::uint32_t kHeldMax = 1024; // different keys: at most about 20 ms to build
constexpr std::uint64_t kCostSeed = 6;

// Every reading asks for requests of its own: asked for again, the same results would lie in the
// processor's caches as they do in no stream.
template <class Fetch>
double least_ns(const TransitionWorkload& work,
                std::span<const TransitionRequest> requests,
                std::size_t requests_per_reading,
                const NanosecondClock& now_ns,
                Fetch&& fetch) {
    ResultDigest digest; // reads the results as the timed batches do
    double least = std::numeric_limits<double>::infinity();
    while (requests.size() >= requests_per_reading) {
        const std::uint64_t begin = now_ns();
        for (const TransitionRequest& request : requests.first(requests_per_reading)) {
            digest.add(fetch(request.factor, work.actions(request)));
        }
        assay::keep(digest.value());
        const std::uint64_t end = now_ns();
        least = std::min(
            least, static_cast<double>(end - begin) / static_cast<double>(requests_per_reading));
        requests = requests.subspan(requests_per_reading);
    }
    return least;
}

} // namespace

AccessCost measure_access_cost(const TransitionWorkload& work,
                               ai::ByteCacheOptions cache,
                               const NanosecondClock& now_ns) {
    std::vector<TransitionRequest> requests(kReadings * kHits);
    work.draw(ai::derived_seed(work.axes().seed, kCostSeed), requests);
    ai::FullTransitions full(work.matrices());
    AccessCost cost;
    cost.build_ns = least_ns(work,
                             std::span(requests).first(kReadings * kBuilds),
                             kBuilds,
                             now_ns,
                             [&](std::size_t factor, ai::ActionSequence actions) {
                                 return full.fetch(factor, actions);
                             });
    // Only as many different keys as the limit holds, each asked for before: hits alone.
    const std::uint32_t held =
        std::min(requests_in(cache.limit_bytes, work.axes().states, work.axes().depth), kHeldMax);
    ai::CachedTransitions cached(work.matrices(), {cache.eviction, ai::kUnlimitedBytes});
    for (TransitionRequest& request : requests) {
        request = work.request(work.key_of(request) % held);
        assay::keep(cached.fetch(request.factor, work.actions(request)).product.data());
    }
    cost.hit_ns = least_ns(
        work, requests, kHits, now_ns, [&](std::size_t factor, ai::ActionSequence actions) {
            return cached.fetch(factor, actions);
        });
    return cost;
}

double speedup_bound(double savings, const AccessCost& cost) noexcept {
    return 1 / (1 - savings + savings * cost.hit_ns / cost.build_ns);
}

} // namespace assay::matrix_caching
