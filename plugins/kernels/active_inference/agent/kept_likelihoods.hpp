// ln p(o | s) of an observation, computed or remembered from when the same was observed before.
// Remembered tables are kept under (tensors, their version, outcome of every modality): learning
// raises the version, so what it made stale is never found and leaves by eviction.
//
//   KeptLikelihoods likelihoods(model, {.limit_bytes = 1 << 20});
//   std::span<const double* const> tables = likelihoods.observe(observation);
//
// Bit for bit what the computation gives. A soft outcome is computed every time. One per thread;
// allocates while the cache grows, otherwise nothing.
#pragma once

#include "active_inference/byte_cache.hpp"
#include "active_inference/state_inference/joint_likelihood.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace assay::active_inference {

class KeptLikelihoods {
public:
    // Modalities whose outcomes fit into a key.
    static constexpr std::size_t kModalitiesMax =
        (CacheKey::kBytesMax - 2 * sizeof(std::uint64_t)) / sizeof(std::uint32_t);

    // Without `cache` nothing is remembered.
    KeptLikelihoods(const FactoredModel& model, std::optional<ByteCacheOptions> cache);

    // From now on another model of the same shapes, told from others by its identity.
    void use_model(const FactoredModel& model, std::uint64_t identity) noexcept {
        model_ = &model;
        identity_ = identity;
        joint_.use_model(model);
    }

    // An observation without fault. One table per group, valid until the next call. Throws
    // std::bad_alloc.
    [[nodiscard]] std::span<const double* const> observe(Observation observation);

    [[nodiscard]] const std::vector<ModalityGroup>& groups() const noexcept {
        return joint_.groups();
    }

    // Taken, of all calls.
    [[nodiscard]] std::uint64_t logarithms() const noexcept { return joint_.logarithms(); }

    // nullptr: nothing is remembered.
    [[nodiscard]] const ByteCache* cache() const noexcept { return cache_ ? &*cache_ : nullptr; }

private:
    [[nodiscard]] CacheKey key_of(Observation observation) const;

    const FactoredModel* model_;
    std::uint64_t identity_ = 0;
    JointLikelihood joint_;
    std::optional<ByteCache> cache_;
    std::size_t entries_ = 0; // of all tables
    std::vector<const double*> tables_;
};

} // namespace assay::active_inference
