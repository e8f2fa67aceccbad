// The axes that every family shares: who asks for what, and what the cache may do.
//
//   access=zipf0.8,working_set=4,eviction=lru,limit=1048576,phase=steady,learn_every=0,path=cached
//
//   add_cache_axes(family, {.paths = {"full", "cached"}, ...});          // declare
//   const CacheAxes axes = cache_axes_from(params);                      // read, checked
//
// `path` is the variant axis: a `full` case with the same other values is the twin of every way to
// cache and gets the same inputs. Pure functions.
#pragma once

#include "active_inference/access_pattern.hpp"
#include "active_inference/byte_cache.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>

namespace assay::matrix_caching {

enum class Phase {
    cold,   // the cache is emptied before every batch
    steady, // the cache goes on from batch to batch, evicting as it must
    warm,   // the working set fits and every key of it was touched before
};

struct CacheAxes {
    active_inference::AccessPattern access;
    double working_set = 1; // multiple of the limit
    active_inference::ByteCacheOptions cache;
    Phase phase = Phase::steady;
    std::uint64_t learn_every = 0; // requests from one version of the model to the next; 0: never
    std::string path;

    // Of the entries of all keys of the stream. A limit of 0 and no limit are nothing to be a
    // multiple of: there it is counted in MiB.
    [[nodiscard]] std::size_t working_set_bytes() const noexcept;
};

// Throws config_error with name, value and what was expected; skip where the working set is more
// than a launch should hold.
[[nodiscard]] CacheAxes cache_axes_from(const assay::params& params);

// Reads a size axis that lies in [1, most]; config_error otherwise.
[[nodiscard]] std::size_t
bounded_size(const assay::params& params, const char* axis, std::size_t most);

// The values of a family's modes; comprehensive takes all that are declared.
struct CacheAxisModes {
    using Values = std::initializer_list<assay::axis_value>;

    struct Mode {
        Values access, working_set, eviction, phase;
    };

    Mode quick, standard;
    Values paths; // "full" among them
    int quick_paths = 2;
};

void add_cache_axes(assay::family_builder family, const CacheAxisModes& modes);

} // namespace assay::matrix_caching
