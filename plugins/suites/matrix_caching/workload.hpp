// What the requests of a family are about: as many numbered keys as the working set takes, a result
// for each, and ways to get it. Nothing in it depends on the path, so that twins ask for the same.
//
//   const std::unique_ptr<Workload> work = ...;                      // a family's own
//   std::unique_ptr<RequestPath> path = work->make_path("cached", {.limit_bytes = 1 << 20});
//   path->fetch(7);                                                  // key 7 of key_count()
//
// Used by one thread; raise_version() is seen by all paths that were made.
#pragma once

#include "access_cost.hpp"
#include "active_inference/byte_cache.hpp"
#include "active_inference/path_counts.hpp"
#include "request_path.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace assay::matrix_caching {

// What a path did in some batches, for a bound on what keeping can gain.
struct RecordedWork {
    PathCounts counts;
    std::uint64_t requests = 0;
    std::uint64_t kept = 0; // entries that came into the cache
};

class Workload {
public:
    Workload() = default;
    Workload(const Workload&) = delete;
    Workload& operator=(const Workload&) = delete;
    virtual ~Workload() = default;

    [[nodiscard]] virtual std::uint32_t key_count() const noexcept = 0;

    // All entries that a cache without limit would end up with.
    [[nodiscard]] virtual std::size_t entry_bytes() const noexcept = 0;

    // Of these the entries that are results themselves, without what they are made from.
    [[nodiscard]] virtual std::size_t result_bytes() const noexcept { return entry_bytes(); }

    // How many keys' entries a cache of that many bytes holds, whether there are so many keys or
    // not; at least 1.
    [[nodiscard]] virtual std::uint32_t keys_in(std::size_t bytes) const noexcept = 0;

    // nullptr: no such path.
    [[nodiscard]] virtual std::unique_ptr<RequestPath>
    make_path(std::string_view name, active_inference::ByteCacheOptions cache) const = 0;

    // Of one request without reuse: the `done` parts.
    [[nodiscard]] virtual active_inference::PathWork request_work() const noexcept = 0;

    // Where a result of the full path differs from the definition in plain loops; nothing if not.
    [[nodiscard]] virtual std::optional<std::string>
    reference_difference(std::uint32_t key, const Results& found) const = 0;

    // For messages: "factor 3, actions 0 1 2 1".
    [[nodiscard]] virtual std::string describe(std::uint32_t key) const = 0;

    // What learning does to caches, without the learning: results stay what they are.
    virtual void raise_version() noexcept = 0;

    // Of the memory of a typical entry.
    [[nodiscard]] virtual std::size_t kept_bytes() const noexcept = 0;

    // What is left of a request, or of a step of it, whose parts were found but not its whole, as
    // least_ns(); 0: nothing such.
    [[nodiscard]] virtual double measure_part_ns(std::span<const std::uint32_t> /*keys*/,
                                                 std::size_t /*keys_per_reading*/,
                                                 const NanosecondClock& /*now_ns*/) const {
        return 0;
    }

    // Time of a full request / the least time that a request can take on average with what was
    // found, computed and kept, at measured costs.
    [[nodiscard]] virtual double speedup_bound(const RecordedWork& recorded,
                                               const AccessCost& cost) const = 0;
};

} // namespace assay::matrix_caching
