// In which order a workload asks for its keys.
//
//   uniform   every key is equally likely
//   zipf(s)   the key of rank r has weight 1 / r^s; which key has which rank is drawn from a seed
//   scan      one key after the other, again from the first: hostile to lru when it does not fit
//
//   AccessStream stream({AccessPattern::Kind::zipf, 0.8}, key_count, ranking_seed);
//   stream.draw(batch_seed, keys);   // equal seeds, equal keys; keys[i] in 0 .. key_count - 1
//
// Immutable after construction; any number of threads may draw.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace assay::active_inference {

struct AccessPattern {
    enum class Kind { uniform, zipf, scan };

    Kind kind = Kind::uniform;
    double exponent = 0; // zipf only: above 0, at most 4
};

// "uniform", "scan", "zipf0.8".
[[nodiscard]] std::optional<AccessPattern> access_pattern_from(std::string_view name);

class AccessStream {
public:
    // `key_count` is at least 1.
    AccessStream(AccessPattern pattern, std::uint32_t key_count, std::uint64_t ranking_seed);

    void draw(std::uint64_t seed, std::span<std::uint32_t> keys) const noexcept;

    // For a scan: the keys that a scan which goes on with draw(seed, ...) has asked for just
    // before, oldest first. A cache that has seen them is where the running scan would have left
    // it. The other patterns have no memory: false, `keys` unchanged.
    bool draw_before(std::uint64_t seed, std::span<std::uint32_t> keys) const noexcept;

    [[nodiscard]] std::uint32_t key_count() const noexcept { return key_count_; }

    // Weight of the key of rank `rank` (from 0), all weights together 1. Zipf only.
    [[nodiscard]] double rank_weight(std::uint32_t rank) const noexcept;

    [[nodiscard]] std::uint32_t key_of_rank(std::uint32_t rank) const noexcept {
        return ranking_[rank];
    }

private:
    AccessPattern pattern_;
    std::uint32_t key_count_;
    std::vector<double> cumulative_;     // zipf: weight of all ranks up to this one
    std::vector<std::uint32_t> ranking_; // zipf: key of each rank
};

} // namespace assay::active_inference
