// A value of the axis `path`: the way a case gets its results, written as one readable name.
//
//   full                    everything from scratch
//   steady_lru_1MiB         <phase>_<eviction>_<limit> of the cache
//
// Pure functions.
#pragma once

#include "active_inference/byte_cache.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace assay::matrix_caching {

enum class Phase {
    cold,   // the cache is emptied before every batch
    steady, // the cache goes on from batch to batch, evicting as it must
    warm,   // the working set fits and every key of it was touched before
};

struct PathConfiguration {
    bool cached = false;
    Phase phase = Phase::steady;
    active_inference::ByteCacheOptions cache;

    // A cache of 0 bytes is a cache that is off: it has no hit rate to speak of.
    [[nodiscard]] bool has_cache() const noexcept { return cached && cache.limit_bytes > 0; }
};

// Nothing when `name` is not of the form above.
[[nodiscard]] std::optional<PathConfiguration> path_configuration_from(std::string_view name);

// The form, for error messages.
[[nodiscard]] std::string path_form();

} // namespace assay::matrix_caching
