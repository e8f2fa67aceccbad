#include "cache_axes.hpp"

#include "active_inference/number_text.hpp"

#include <cmath>
#include <optional>
#include <utility>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;
constexpr std::size_t kWorkingSetMax = 1024 * kMiB; // per launch, beside everything else
constexpr std::int64_t kNoLimit = -1;
constexpr std::int64_t kEpisodeMax = 1'000'000;

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

// Whatever is asked for comes to lie in the cache and stays: a warm cache under another name.
void skip_steady_that_fits(const CacheAxes& axes) {
    if (axes.phase != Phase::steady) {
        return;
    }
    if (axes.cache.limit_bytes == ai::kUnlimitedBytes) {
        throw assay::skip("phase=steady,limit=-1: without a limit everything is kept, which is "
                          "phase=warm; give a limit, or phase=warm or cold");
    }
    if (axes.bounded() && axes.working_set < 1) {
        throw assay::skip("phase=steady,working_set=" + ai::number_text(axes.working_set) +
                          ": all of it fits into the limit and is kept, which is phase=warm; give "
                          "working_set=1 or more, or phase=warm or cold");
    }
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
    const double unit = static_cast<double>(bounded() ? cache.limit_bytes : kMiB);
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
        refuse("working_set", ai::number_text(axes.working_set), "above 0 and at most 1024");
    }
    axes.cache.eviction = word_of(params, "eviction", ai::eviction_from, "lru, lfu, fifo or none");
    axes.cache.limit_bytes = limit_of(params);
    axes.phase = word_of(params, "phase", phase_from, "cold, steady or warm");
    const std::int64_t episode = params.i64("episode");
    if (episode < 1 || episode > kEpisodeMax) {
        refuse("episode",
               std::to_string(episode),
               "1 to " + std::to_string(kEpisodeMax) + " requests");
    }
    axes.episode = axes.phase == Phase::cold ? static_cast<std::size_t>(episode) : 1;
    const std::int64_t learn_every = params.i64("learn_every");
    if (learn_every < 0) {
        refuse("learn_every", std::to_string(learn_every), "a number of requests, or 0 for never");
    }
    axes.learn_every = static_cast<std::uint64_t>(learn_every);
    axes.path = params.str("path");
    // Compared as numbers: a limit of exabytes times 1024 is no std::size_t.
    const double bytes =
        axes.working_set * static_cast<double>(axes.bounded() ? axes.cache.limit_bytes : kMiB);
    if (bytes > static_cast<double>(kWorkingSetMax)) {
        throw assay::skip("working_set times limit is " + ai::number_text(bytes / double(kMiB)) +
                          " MiB, more than " + std::to_string(kWorkingSetMax / kMiB) +
                          " MiB that a launch should hold");
    }
    skip_steady_that_fits(axes);
    return axes;
}

std::size_t bounded_size(const assay::params& params, const char* axis, std::size_t most) {
    const std::int64_t value = params.i64(axis);
    if (value < 1 || static_cast<std::uint64_t>(value) > most) {
        refuse(axis, std::to_string(value), "1 to " + std::to_string(most));
    }
    return static_cast<std::size_t>(value);
}

namespace {

CacheAxisChoices one_setting(std::vector<assay::axis_value> paths, int episode) {
    return {.access = {{"zipf0.8"}},
            .working_set = {{4.0}},
            .phase = {{"steady"}},
            .eviction = {{"lru"}},
            .limit = {{1048576}},
            .episode = episode,
            .paths = std::move(paths)};
}

} // namespace

CacheAxisChoices all_cache_axes(std::vector<assay::axis_value> paths, int episode) {
    CacheAxisChoices choices = one_setting(std::move(paths), episode);
    choices.access.values = {"zipf0.8", "scan", "uniform", "zipf1.1"};
    choices.working_set.values = {4.0, 1.0, 0.5};
    choices.phase.values = {"steady", "cold", "warm"};
    choices.eviction.values = {"lru", "lfu", "fifo", "none"};
    choices.limit.values = {1048576, 65536, 16777216, 0};
    return choices;
}

CacheAxisChoices order_axes(std::vector<assay::axis_value> paths, int episode) {
    CacheAxisChoices choices = one_setting(std::move(paths), episode);
    choices.access = {{"scan", "zipf0.8", "uniform", "zipf1.1"}, 1, 4};
    choices.eviction = {{"lru", "lfu", "fifo", "none"}, 1, 2};
    return choices;
}

CacheAxisChoices
memory_axes(std::vector<assay::axis_value> paths, int episode, double smaller_working_set) {
    CacheAxisChoices choices = one_setting(std::move(paths), episode);
    choices.working_set = {{4.0, smaller_working_set}, 1, 2};
    choices.limit = {{65536, 1048576, 16777216}, 1, 3};
    return choices;
}

CacheAxisChoices phase_axes(std::vector<assay::axis_value> paths, int episode) {
    CacheAxisChoices choices = one_setting(std::move(paths), episode);
    choices.working_set = {{4.0, 0.5}, 1, 2};
    choices.phase = {{"cold", "warm"}, 1, 2};
    choices.phase_by_working_set = true;
    return choices;
}

void add_cache_axes(assay::family_builder family, const CacheAxisChoices& choices) {
    const auto declare = [&family](const char* name, const AxisChoice& choice) {
        return family.axis(name, choice.values).quick(choice.quick).standard(choice.standard);
    };
    declare("access", choices.access)
        .help("order of the requests: uniform, zipfS (rank r has weight r^-S), or scan (one after "
              "the other)");
    declare("working_set", choices.working_set)
        .unit("1")
        .help("bytes of the entries of all keys of the stream / limit (limit 0 or -1: in MiB)");
    assay::axis_builder phase = declare("phase", choices.phase);
    phase.help("steady: the cache goes on; cold: one iteration is an episode, which begins with an "
               "empty cache; warm: all keys fit and were touched");
    if (choices.phase_by_working_set) {
        phase.zip();
    }
    family.axis("episode", {choices.episode})
        .unit("{request}")
        .help("requests of one iteration with phase=cold; otherwise an iteration is one request");
    declare("eviction", choices.eviction)
        .help("which entry a full cache gives up; none: it takes no more");
    declare("limit", choices.limit)
        .unit("By")
        .help("all memory of the cache at any moment; 0: a cache that is off; -1: no limit");
    family.axis("learn_every", {0})
        .unit("{request}")
        .help("the model's version is raised after so many requests, as learning does; 0: never");
    family.axis("path", choices.paths)
        .help("from scratch, or with what is kept")
        .variant("full")
        .quick(choices.quick_paths);
}

} // namespace assay::matrix_caching
