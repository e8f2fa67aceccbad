// One way to answer a stream of requests, as the cases drive it: keys in, results out, everything
// counted. Which computation stands behind a key is the workload's (workload.hpp).
//
//   std::unique_ptr<RequestPath> path = workload.make_path("cached", cache);
//   path->answer(keys, digest, batch);          // the timed loop: one virtual call for all
//   Results found = path->fetch(keys[0]);       // valid until the next one
//
// Not thread-safe.
#pragma once

#include "active_inference/byte_cache.hpp"
#include "active_inference/path_counts.hpp"
#include "sampled_digest.hpp"

#include <assay/batch.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace assay::matrix_caching {

struct PathCounts {
    active_inference::FetchCounts fetch; // without a cache: all 0
    active_inference::PathWork work;
};

class RequestPath {
public:
    RequestPath() = default;
    RequestPath(const RequestPath&) = delete;
    RequestPath& operator=(const RequestPath&) = delete;
    virtual ~RequestPath() = default;

    [[nodiscard]] virtual Results fetch(std::uint32_t key) = 0;

    // All keys in turn, until the batch is cancelled; how many were answered.
    virtual std::uint64_t answer(std::span<const std::uint32_t> keys,
                                 SampledDigest& digest,
                                 const assay::batch& batch) = 0;

    [[nodiscard]] virtual PathCounts counts() const noexcept = 0;

    // The cache that is looked into; nullptr: this path looks nothing up.
    [[nodiscard]] virtual const active_inference::ByteCache* cache() const noexcept {
        return nullptr;
    }

    // Gives up everything that was kept.
    virtual void forget() noexcept {}

    // Held to be used again, but not in the cache and so not under its limit.
    [[nodiscard]] virtual std::size_t bytes_outside_cache() const noexcept { return 0; }

    // The most that keeping ever took, all counted.
    [[nodiscard]] std::size_t memory_overhead() const noexcept {
        const std::size_t outside = bytes_outside_cache();
        return cache() == nullptr ? outside
                                  : outside + cache()->counts().bytes_max + sizeof *cache();
    }
};

// Gives a path with fetch() its loop, in which that call is direct.
template <class Path>
class LoopingPath : public RequestPath {
public:
    std::uint64_t answer(std::span<const std::uint32_t> keys,
                         SampledDigest& digest,
                         const assay::batch& batch) final {
        SampledDigest followed = digest; // a local one stays in registers
        std::uint64_t done = 0;
        for (const std::uint32_t key : keys) {
            if (batch.cancelled()) {
                break;
            }
            followed.add(static_cast<Path*>(this)->Path::fetch(key));
            ++done;
        }
        digest = followed;
        return done;
    }
};

} // namespace assay::matrix_caching
