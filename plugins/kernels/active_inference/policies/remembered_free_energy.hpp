// The expected free energy of every policy from beliefs that come back: as ExpectedFreeEnergy with
// its cache on, and what a prefix of actions led to is kept across evaluations.
//
//   RememberedFreeEnergy efe(model, {.horizon = 3}, {.limit_bytes = 1 << 20});
//   efe.evaluate(q);                  // values() bit for bit those of ExpectedFreeEnergy
//
// An entry holds the beliefs after a prefix and the sum of the terms up to it, under (version,
// term, step, prefix, bytes of q): the bytes are hashed once for all prefixes and compared on a
// hit. No parameter gains. The model must outlive the object; a raised version is seen at the next
// evaluation. One per thread.
#pragma once

#include "active_inference/byte_cache.hpp"
#include "active_inference/path_counts.hpp"
#include "active_inference/policies/efe_options.hpp"
#include "active_inference/policies/efe_parts.hpp"
#include "active_inference/policies/policy_space.hpp"
#include "active_inference/policies/step_terms.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::active_inference {

class RememberedFreeEnergy {
public:
    // Throws std::length_error for too many policies.
    RememberedFreeEnergy(const FactoredModel& model,
                         const EfeOptions& options,
                         ByteCacheOptions cache);

    // Throws std::bad_alloc while the cache grows.
    void evaluate(const Beliefs& q);

    // By policy.
    [[nodiscard]] std::span<const double> values() const noexcept { return values_; }

    [[nodiscard]] const PolicyWork& work() const noexcept { return work_; }

    // A lookup per prefix.
    [[nodiscard]] const FetchCounts& counts() const noexcept { return counts_; }

    [[nodiscard]] const ByteCache& cache() const noexcept { return cache_; }

    void clear_cache() noexcept { cache_.clear(); }

    // Held to be used again outside the cache and its limit: tables of the model, beliefs and sums
    // of the current beginning, the key.
    [[nodiscard]] std::size_t kept_bytes_outside_cache() const noexcept;

    // Of the entry of one prefix of a model with so many states in all its factors together.
    [[nodiscard]] static std::size_t entry_bytes(std::size_t states) noexcept;

private:
    void set_key(const Beliefs& q);
    void advance(const Beliefs& q, std::size_t policy, std::size_t step, std::uint32_t prefix);

    const FactoredModel* model_;
    PolicySpace policies_;
    StepTerms terms_;
    ByteCache cache_;
    std::vector<std::byte> key_;
    std::uint64_t belief_hash_ = 0;       // of the bytes of q
    std::vector<Beliefs> path_;           // beliefs after each step of the current policy
    std::vector<EfeParts> sums_;          // of the terms up to each step
    std::vector<std::uint32_t> prefixes_; // by step: the number of the current prefix
    Beliefs outcomes_;
    std::vector<double> values_;
    PolicyWork work_;
    FetchCounts counts_;
};

} // namespace assay::active_inference
