// One batch as a case sees it: what the host asks for, and where a case puts what it did. Only
// cases that implement prepare(), run() or finish() themselves meet it.
//
//   void run(assay::batch& b) {
//       for (std::uint64_t i = 0; i < b.iterations(); ++i) assay::keep(step());
//   }
//
// A batch belongs to the thread of its lane and lives from prepare to finish.
#pragma once

#include "plugin.h"

#include <chrono>
#include <cstdint>
#include <random>
#include <span>

namespace assay {

// Which seat of a multi-lane case is running. A case may take it as the last argument of
// operator(), make(), lane_enter() and lane_leave().
struct lane {
    std::uint32_t index = 0;
    std::uint32_t count = 1;
};

namespace detail {

// splitmix64: spreads seed, lane and position over all bits, so that neighbours are unrelated.
constexpr std::uint64_t mix(std::uint64_t x) noexcept {
    x += 0x9E3779B97F4A7C15ull;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

} // namespace detail

class batch {
public:
    explicit batch(assay_batch& raw) noexcept
        : raw_(&raw) {}

    [[nodiscard]] std::uint64_t iterations() const noexcept { return raw_->iterations; }

    [[nodiscard]] std::uint64_t seed() const noexcept { return raw_->seed; }

    [[nodiscard]] assay::lane lane() const noexcept { return {raw_->lane, raw_->lanes}; }

    [[nodiscard]] bool is_warmup() const noexcept { return raw_->warmup != 0; }

    // Depends on the batch's seed and lane only: equal batches get equal numbers.
    [[nodiscard]] std::mt19937_64 random() const {
        return std::mt19937_64(detail::mix(raw_->seed + detail::mix(raw_->lane)));
    }

    // The host wants out: stop soon and tell done(). Cheap; read it every few milliseconds of work.
    [[nodiscard]] bool cancelled() const noexcept {
        return raw_->cancel != nullptr && __atomic_load_n(raw_->cancel, __ATOMIC_RELAXED) != 0;
    }

    // Iterations that were really done; preset to iterations().
    void done(std::uint64_t iterations) const noexcept { raw_->done = iterations; }

    [[nodiscard]] std::uint64_t done() const noexcept { return raw_->done; }

    // Work of the whole batch, for the rates items/s and By/s.
    void items(std::uint64_t n) const noexcept { raw_->items = n; }

    void bytes(std::uint64_t n) const noexcept { raw_->bytes = n; }

    // Digest of the results: a function of seed, lane and iterations only. 0 = none.
    void checksum(std::uint64_t digest) const noexcept { raw_->checksum = digest; }

    // Shape manual: how long the batch took.
    void manual(std::chrono::nanoseconds time) const noexcept {
        raw_->manual_ns = static_cast<std::uint64_t>(time.count() < 0 ? 0 : time.count());
    }

    // Shape latency: room for iterations() durations in the unit of raw().latency_ticks (clock.h).
    [[nodiscard]] std::span<std::uint64_t> latency() const noexcept {
        return raw_->latency == nullptr
                   ? std::span<std::uint64_t>{}
                   : std::span(raw_->latency, static_cast<std::size_t>(raw_->iterations));
    }

    void latency_stored(std::uint64_t n) const noexcept { raw_->n_latency = n; }

    [[nodiscard]] assay_batch& raw() const noexcept { return *raw_; }

private:
    assay_batch* raw_;
};

} // namespace assay
