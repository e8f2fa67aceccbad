// Two ways to the same k-step transition of one factor: everything from scratch, or with a cache of
// prefixes. Both multiply in the same order with the same compiled code, so their results are equal
// bit for bit.
//
//   actions u_1 ... u_k:   P_1 = B[u_1],  P_j = B[u_j] * P_(j-1)      (applied in time order)
//   result:                P_k and norm(P_k transposed)
//
//   FullTransitions full(matrices);
//   CachedTransitions cached(matrices, {.eviction = Eviction::lru, .limit_bytes = 1 << 20});
//   StepTransition a = full.fetch(factor, actions), b = cached.fetch(factor, actions);
//
// With the cache, P_2 ... P_k are kept under (model version, factor, prefix): policies that begin
// alike share them. P_1 is the model's own matrix and is not stored again.
// The views stay valid until the next fetch. Not thread-safe; the matrices must outlive the path.
#pragma once

#include "active_inference/byte_cache.hpp"
#include "active_inference/path_counts.hpp"
#include "active_inference/transition_matrices.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

// One action per step. A factor has at most 256 actions here, a path at most 52 steps (the key).
using ActionSequence = std::span<const std::uint8_t>;

inline constexpr std::size_t kStepsMax =
    CacheKey::kBytesMax - sizeof(std::uint64_t) - sizeof(std::uint32_t);

struct StepTransition {
    std::span<const double> product;   // P_k[s', s]
    std::span<const double> smoothing; // norm(P_k transposed)[s, s']
};

// Contractions and multiply-adds of one request without any reuse.
[[nodiscard]] WorkCount request_work(std::size_t states, std::size_t steps) noexcept;

// The arithmetic that both paths share: work areas and the steps of the product.
class TransitionArithmetic {
public:
    explicit TransitionArithmetic(const TransitionMatrices& matrices);

    // B[action] * earlier, into `out` or, where that is empty, into one of two work areas in turn:
    // a result there stays until the call after next, so `earlier` may be the last result.
    [[nodiscard]] std::span<const double> step(std::size_t factor,
                                               std::size_t action,
                                               std::span<const double> earlier,
                                               std::span<double> out = {});
    // Into `out`, or, where that is empty, into the work area.
    [[nodiscard]] std::span<const double> smooth(std::size_t factor,
                                                 std::span<const double> product,
                                                 std::span<double> out = {}) noexcept;

    [[nodiscard]] const TransitionMatrices& matrices() const noexcept { return *matrices_; }

    [[nodiscard]] WorkCount& work() noexcept { return work_; }

    [[nodiscard]] const WorkCount& work() const noexcept { return work_; }

    [[nodiscard]] std::size_t scratch_bytes() const noexcept;

private:
    const TransitionMatrices* matrices_;
    std::vector<double> products_[2];
    std::vector<double> smoothing_;
    std::size_t turn_ = 0;
    WorkCount work_;
};

class FullTransitions {
public:
    explicit FullTransitions(const TransitionMatrices& matrices)
        : arithmetic_(matrices) {}

    // `actions` is not empty and every one is below the factor's action count.
    [[nodiscard]] StepTransition fetch(std::size_t factor, ActionSequence actions);

    [[nodiscard]] const WorkCount& work() const noexcept { return arithmetic_.work(); }

    [[nodiscard]] std::size_t scratch_bytes() const noexcept { return arithmetic_.scratch_bytes(); }

private:
    TransitionArithmetic arithmetic_;
};

class CachedTransitions {
public:
    CachedTransitions(const TransitionMatrices& matrices, ByteCacheOptions options)
        : arithmetic_(matrices)
        , cache_(options) {}

    // As FullTransitions::fetch; at most kStepsMax actions. Throws std::bad_alloc while the cache
    // grows.
    [[nodiscard]] StepTransition fetch(std::size_t factor, ActionSequence actions);

    // The model has learnt: other matrices with another version, whose entries are new keys. The
    // old ones are never found again and leave by eviction.
    void use_matrices(const TransitionMatrices& matrices);

    [[nodiscard]] const WorkCount& work() const noexcept { return arithmetic_.work(); }

    [[nodiscard]] const FetchCounts& counts() const noexcept { return counts_; }

    [[nodiscard]] const ByteCache& cache() const noexcept { return cache_; }

    void clear_cache() noexcept { cache_.clear(); }

    [[nodiscard]] std::size_t scratch_bytes() const noexcept { return arithmetic_.scratch_bytes(); }

    // Bytes of the entry for a prefix of `steps` actions, to plan a working set with.
    [[nodiscard]] static std::size_t entry_bytes(std::size_t states, std::size_t steps) noexcept;

private:
    struct Found {
        std::span<const double> product;
        std::size_t steps = 0; // of the prefix that `product` stands for
        CacheEntry* entry = nullptr;
    };

    [[nodiscard]] Found
    longest_prefix(std::size_t factor, ActionSequence actions, const CacheKey& key) noexcept;
    [[nodiscard]] StepTransition
    build(std::size_t factor, ActionSequence actions, const CacheKey& key, Found from);
    // Product and entry of `actions`, the product of all but the last of which is `earlier`.
    [[nodiscard]] Found
    extend(std::size_t factor, ActionSequence actions, const CacheKey& key, Found earlier);

    TransitionArithmetic arithmetic_;
    ByteCache cache_;
    FetchCounts counts_;
};

} // namespace assay::active_inference
