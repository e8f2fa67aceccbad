// The axes that every family shares: who asks for what, and what the cache may do.
//
//   access=zipf0.8,working_set=4,phase=steady,episode=64,eviction=lru,limit=1048576,...,path=cached
//
//   add_cache_axes(family, {.access = {{"zipf0.8", "scan"}}, .paths = {"full", "cached"}, ...});
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
#include <string>
#include <vector>

namespace assay::matrix_caching {

enum class Phase {
    cold,   // the cache is emptied before every episode, and an iteration is an episode
    steady, // the cache goes on from batch to batch, evicting as it must
    warm,   // the working set fits and every key of it was touched before
};

struct CacheAxes {
    active_inference::AccessPattern access;
    double working_set = 1; // multiple of the limit
    active_inference::ByteCacheOptions cache;
    Phase phase = Phase::steady;
    std::size_t episode = 1;       // requests of an iteration: `episode` in phase cold, otherwise 1
    std::uint64_t learn_every = 0; // requests from one version of the model to the next; 0: never
    std::string path;

    // Of the entries of all keys of the stream. A limit of 0 and no limit are nothing to be a
    // multiple of: there it is counted in MiB.
    [[nodiscard]] std::size_t working_set_bytes() const noexcept;

    [[nodiscard]] bool bounded() const noexcept {
        return cache.limit_bytes != 0 && cache.limit_bytes != active_inference::kUnlimitedBytes;
    }
};

// Throws config_error with name, value and what was expected; skip where the working set is more
// than a launch should hold, and where a steady cache would hold all of it and so be a warm one.
[[nodiscard]] CacheAxes cache_axes_from(const assay::params& params);

// The bytes of the least number of requests whose entries take `bytes` or more, where `fitting`
// take no more than that: a working set of exactly the limit then never fits beside the cache's
// table.
template <class BytesOf>
[[nodiscard]] std::size_t
rounded_up(std::size_t bytes, std::uint32_t fitting, const BytesOf& bytes_of) {
    const std::size_t below = bytes_of(fitting);
    return below >= bytes ? below : bytes_of(fitting + 1);
}

// Reads a size axis that lies in [1, most]; config_error otherwise.
[[nodiscard]] std::size_t
bounded_size(const assay::params& params, const char* axis, std::size_t most);

// The values of one axis; the first of them are those of quick and standard.
struct AxisChoice {
    std::vector<assay::axis_value> values;
    int quick = 1, standard = 1;
};

// What a family declares; comprehensive takes all values.
struct CacheAxisChoices {
    AxisChoice access, working_set, phase, eviction, limit;
    bool phase_by_working_set = false;    // the two advance together
    int episode = 64;                     // requests
    std::vector<assay::axis_value> paths; // "full" first, then the one that quick must have
    int quick_paths = 2;
};

// Everything, for sizes: standard is zipf0.8, four times the limit, lru, 1 MiB, steady.
[[nodiscard]] CacheAxisChoices all_cache_axes(std::vector<assay::axis_value> paths, int episode);
// One contrast each, the rest as standard has it.
[[nodiscard]] CacheAxisChoices order_axes(std::vector<assay::axis_value> paths, int episode);
[[nodiscard]] CacheAxisChoices
memory_axes(std::vector<assay::axis_value> paths, int episode, double smaller_working_set);
[[nodiscard]] CacheAxisChoices phase_axes(std::vector<assay::axis_value> paths, int episode);

void add_cache_axes(assay::family_builder family, const CacheAxisChoices& choices);

} // namespace assay::matrix_caching
