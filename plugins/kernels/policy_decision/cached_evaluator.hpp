// Remembers decisions. The key of a decision is everything that it depends on: the version of the
// set and every attribute that any active policy reads, fields of the action included, in one
// order. A digest only says where to look; whether it is the same request say all words of the key.
//
//   CachedEvaluator cached(set, {.entries = 4096});
//   cached.decide(context);
//   cached.counts().hits;
//
// An entry lives 1800 s, and not past an edit. A hit allocates nothing. One thread.
#pragma once

#include "evaluator.hpp"
#include "indexed_evaluator.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::policy_decision {

using KeyWords = std::span<const std::uint64_t>;
using KeyDigest = std::uint64_t (*)(KeyWords);
using CacheClock = std::chrono::nanoseconds (*)();

// Folded 128-bit products, two words a step.
[[nodiscard]] std::uint64_t digest_of(KeyWords key) noexcept;

// The system's steady clock, as coarse as its tick: a few nanoseconds a reading.
[[nodiscard]] std::chrono::nanoseconds coarse_steady_time() noexcept;

struct CacheOptions {
    std::size_t entries = 4096; // rounded up to a power of two, at least 4
    std::chrono::nanoseconds lifetime = std::chrono::seconds(1800);
    CacheClock clock = coarse_steady_time;
    KeyDigest digest = digest_of;
};

struct CacheCounts {
    std::uint64_t lookups = 0, hits = 0;
    std::uint64_t expired = 0; // found, and older than their lifetime

    bool operator==(const CacheCounts&) const = default;
};

class CachedEvaluator final : public Evaluator {
public:
    explicit CachedEvaluator(const PolicySet& set, const CacheOptions& options = {});

    [[nodiscard]] const Decision& decide(const Context& context) override;

    [[nodiscard]] const CacheCounts& counts() const noexcept { return counts_; }

    // Forgets all decisions and counts.
    void clear();

private:
    static constexpr std::size_t kWays = 4; // entries that one digest may take

    struct Entry {
        std::uint64_t digest = 0;
        std::uint64_t used = 0; // when last, by number of lookup; 0: empty
        std::chrono::nanoseconds made{};
        Decision decision;
    };

    void refresh();
    void write_key(const Context& context) noexcept;
    [[nodiscard]] KeyWords key_of(std::size_t entry) const noexcept;
    [[nodiscard]] bool is_same(std::size_t entry, std::uint64_t digest) const noexcept;
    const Decision& keep(std::size_t set, std::uint64_t digest, const Decision& decision);

    const PolicySet* set_;
    CacheOptions options_;
    IndexedEvaluator evaluator_;
    std::uint64_t version_ = 0;
    std::vector<std::uint64_t> key_;  // of the request: version, presence bits, values
    std::vector<std::uint64_t> keys_; // of the entries
    std::vector<Entry> entries_;
    CacheCounts counts_;
};

} // namespace assay::policy_decision
