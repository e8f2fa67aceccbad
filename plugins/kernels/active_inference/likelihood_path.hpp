// Two ways to the same joint log-likelihood of one observation o = (o_1 ... o_M), of a model whose
// modalities all see all factors:
//   l_m = ln(A_m[o_m, ...] + 1e-16),   L = l_1 + l_2 + ... + l_M      (dialect eps, in this order)
// from scratch, or with a cache. Both call the same compiled code, so that their results are equal
// bit for bit.
//
//   FullLikelihoods full(model);
//   CachedLikelihoods cached(model, {.cache = {Eviction::lru, 1 << 20}});
//   std::span<const double> a = full.fetch(outcomes), b = cached.fetch(outcomes);
//
// With the cache, l_m is kept under (version, m, o_m) and L under (version, o): no state, no step
// and no belief is in a key, because nothing of them is in the result.
// Views stay valid until the next fetch. The model is read at every fetch and must outlive the
// path; a raised version is seen at once. Not thread-safe.
#pragma once

#include "active_inference/byte_cache.hpp"
#include "active_inference/model.hpp"
#include "active_inference/path_counts.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

// An outcome per modality.
using OutcomeVector = std::span<const std::uint32_t>;

// As many outcomes as fit into a key beside the version and the kind of the entry.
inline constexpr std::size_t kKeyedModalitiesMax =
    (CacheKey::kBytesMax - sizeof(std::uint64_t)) / sizeof(std::uint32_t) - 1;

// Logarithms and additions: what both paths share.
class LikelihoodArithmetic {
public:
    // Throws std::invalid_argument naming the modality that does not see all factors in order.
    explicit LikelihoodArithmetic(const FactoredModel& model);

    void log_slice(std::size_t modality, std::uint32_t outcome, std::span<double> out) noexcept;
    // out = a + b; `a` may be `out`.
    void add(std::span<const double> a, std::span<const double> b, std::span<double> out) noexcept;

    [[nodiscard]] const FactoredModel& model() const noexcept { return *model_; }

    [[nodiscard]] std::span<double> sum() noexcept { return sum_; }

    [[nodiscard]] std::span<double> scratch() noexcept { return scratch_; }

    [[nodiscard]] std::size_t cells() const noexcept { return sum_.size(); }

    PathWork work;

private:
    const FactoredModel* model_;
    std::vector<double> sum_, scratch_;
};

// Logarithms and additions of one request without any reuse.
[[nodiscard]] PathWork likelihood_work(std::size_t cells, std::size_t modalities) noexcept;

class FullLikelihoods {
public:
    explicit FullLikelihoods(const FactoredModel& model)
        : arithmetic_(model) {}

    // Every outcome is below its modality's count.
    [[nodiscard]] std::span<const double> fetch(OutcomeVector outcomes) noexcept;

    [[nodiscard]] const PathWork& work() const noexcept { return arithmetic_.work; }

private:
    LikelihoodArithmetic arithmetic_;
};

struct LikelihoodCacheOptions {
    ByteCacheOptions cache;
    bool keep_sums = true; // false: slices alone
};

class CachedLikelihoods {
public:
    // Throws std::invalid_argument for more than kKeyedModalitiesMax modalities.
    CachedLikelihoods(const FactoredModel& model, LikelihoodCacheOptions options);

    // Throws std::bad_alloc while the cache grows. A hit is a request that takes no logarithm and,
    // where sums are kept, no addition either.
    [[nodiscard]] std::span<const double> fetch(OutcomeVector outcomes);

    [[nodiscard]] const PathWork& work() const noexcept { return arithmetic_.work; }

    [[nodiscard]] const FetchCounts& counts() const noexcept { return counts_; }

    [[nodiscard]] const ByteCache& cache() const noexcept { return cache_; }

    void clear_cache() noexcept { cache_.clear(); }

    // Of a slice, and of a sum of so many modalities.
    [[nodiscard]] static std::size_t slice_bytes(std::size_t cells) noexcept;
    [[nodiscard]] static std::size_t sum_bytes(std::size_t cells, std::size_t modalities) noexcept;

private:
    // Where a sum is added up: in its entry, or in the work area, `entry` being nullptr.
    struct Sum {
        CacheEntry* entry = nullptr;
        std::span<double> values;
    };

    [[nodiscard]] std::size_t add_slices(OutcomeVector outcomes, Sum& sum); // how many were there
    void leave_entry(Sum& sum, bool begun) noexcept;
    // Valid until the next insertion.
    [[nodiscard]] std::span<const double>
    build_slice(std::size_t modality, std::uint32_t outcome, const CacheKey& key);

    LikelihoodArithmetic arithmetic_;
    LikelihoodCacheOptions options_;
    ByteCache cache_;
    FetchCounts counts_;
};

} // namespace assay::active_inference
