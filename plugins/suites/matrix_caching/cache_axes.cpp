#include "cache_axes.hpp"

#include <cmath>
#include <optional>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;
constexpr std::size_t kWorkingSetMax = 1024 * kMiB; // per launch, beside everything else
constexpr std::int64_t kNoLimit = -1;

std::optional<Phase> phase_from(std::string_view name) {
    if (name == "cold") {
        return Phase::cold;
    }
    if (name == "steady") {
        return Phase::steady;
    }
    if (name == "warm") {
        return Phase::warm;
    }
    return std::nullopt;
}

[[noreturn]] void
refuse(const std::string& axis, const std::string& value, const std::string& expected) {
    throw assay::config_error(axis + "=" + value + ": expected " + expected);
}

std::size_t limit_of(const assay::params& params) {
    const std::int64_t limit = params.i64("limit");
    if (limit < kNoLimit) {
        refuse("limit", std::to_string(limit), "bytes, 0 for a cache that is off, -1 for no limit");
    }
    return limit == kNoLimit ? ai::kUnlimitedBytes : static_cast<std::size_t>(limit);
}

template <class Parse>
auto word_of(const assay::params& params,
             const char* axis,
             const Parse& parse,
             const char* expected) {
    const std::string text = params.str(axis);
    const auto value = parse(text);
    if (!value) {
        refuse(axis, text, expected);
    }
    return *value;
}

} // namespace

std::size_t CacheAxes::working_set_bytes() const noexcept {
    const bool bounded = cache.limit_bytes != 0 && cache.limit_bytes != ai::kUnlimitedBytes;
    const double unit = static_cast<double>(bounded ? cache.limit_bytes : kMiB);
    return static_cast<std::size_t>(working_set * unit);
}

CacheAxes cache_axes_from(const assay::params& params) {
    CacheAxes axes;
    axes.access = word_of(params,
                          "access",
                          ai::access_pattern_from,
                          "uniform, scan or zipfS such as zipf0.8, S above 0 and at most 4");
    axes.working_set = params.f64("working_set");
    if (!(axes.working_set > 0 && axes.working_set <= 1024)) {
        refuse("working_set", std::to_string(axes.working_set), "above 0 and at most 1024");
    }
    axes.cache.eviction = word_of(params, "eviction", ai::eviction_from, "lru, lfu, fifo or none");
    axes.cache.limit_bytes = limit_of(params);
    axes.phase = word_of(params, "phase", phase_from, "cold, steady or warm");
    const std::int64_t learn_every = params.i64("learn_every");
    if (learn_every < 0) {
        refuse("learn_every", std::to_string(learn_every), "a number of requests, or 0 for never");
    }
    axes.learn_every = static_cast<std::uint64_t>(learn_every);
    axes.path = params.str("path");
    // Compared as numbers: a limit of exabytes times 1024 is no std::size_t.
    const bool bounded =
        axes.cache.limit_bytes != 0 && axes.cache.limit_bytes != ai::kUnlimitedBytes;
    const double bytes =
        axes.working_set * static_cast<double>(bounded ? axes.cache.limit_bytes : kMiB);
    if (bytes > static_cast<double>(kWorkingSetMax)) {
        throw assay::skip("working_set times limit is " + std::to_string(bytes / double(kMiB)) +
                          " MiB, more than " + std::to_string(kWorkingSetMax / kMiB) +
                          " MiB that a launch should hold");
    }
    return axes;
}

std::size_t bounded_size(const assay::params& params, const char* axis, std::size_t most) {
    const std::int64_t value = params.i64(axis);
    if (value < 1 || static_cast<std::uint64_t>(value) > most) {
        refuse(axis, std::to_string(value), "1 to " + std::to_string(most));
    }
    return static_cast<std::size_t>(value);
}

void add_cache_axes(assay::family_builder family, const CacheAxisModes& modes) {
    family.axis("access", {"zipf0.8", "scan", "uniform", "zipf1.1"})
        .help("order of the requests: uniform, zipfS (rank r has weight r^-S), or scan (one after "
              "the other)")
        .quick(modes.quick.access)
        .standard(modes.standard.access);
    family.axis("working_set", {0.5, 1.0, 4.0})
        .unit("1")
        .help("bytes of the entries of all keys of the stream / limit (limit 0 or -1: in MiB)")
        .quick(modes.quick.working_set)
        .standard(modes.standard.working_set);
    family.axis("eviction", {"lru", "lfu", "fifo", "none"})
        .help("which entry a full cache gives up; none: it takes no more")
        .quick(modes.quick.eviction)
        .standard(modes.standard.eviction);
    family.axis("limit", {1048576, 65536, 16777216, 0})
        .unit("By")
        .help("all memory of the cache at any moment; 0: a cache that is off; -1: no limit")
        .quick(1)
        .standard(1);
    family.axis("phase", {"steady", "cold", "warm"})
        .help("steady: the cache goes on; cold: emptied before every batch; warm: all keys fit and "
              "were touched")
        .quick(modes.quick.phase)
        .standard(modes.standard.phase);
    family.axis("learn_every", {0})
        .unit("{request}")
        .help("the model's version is raised after so many requests, as learning does; 0: never");
    family.axis("path", modes.paths)
        .help("from scratch, or with what is kept")
        .variant("full")
        .quick(modes.quick_paths);
}

} // namespace assay::matrix_caching
