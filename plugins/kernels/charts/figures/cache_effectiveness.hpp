// What a cache brings: the share of hits against its size, for one policy or several, or of each
// layer.
//
//   const std::vector<CacheCurve> curves{{"LRU", sizes, ratios}};
//   Chart chart = cache_by_size_chart({.title = "matrix cache", .size_unit = "By", .curves =
//   curves}); Chart layers = cache_by_layer_chart({.title = "matrix cache", .layers = layers});
//
// Ratios are from 0 to 1 and shown in percent; what is none is a gap. Pure. Spans are read during
// the call only.
#pragma once

#include "charts/chart.hpp"

#include <optional>
#include <span>
#include <string>

namespace assay::charts {

struct CacheCurve {
    std::string name{}; // of the policy
    std::span<const double> sizes{};
    std::span<const double> hit_ratios{}; // as many
};

struct CacheBySize {
    std::string title{};
    std::string size_unit = "By"; // or "{entries}"
    std::span<const CacheCurve> curves{};
    std::optional<double> size_now{}; // of the cache that was measured
    std::optional<double> floor{};    // the least hit ratio that is asked for
};

[[nodiscard]] Chart cache_by_size_chart(const CacheBySize& cache);

struct CacheLayer {
    std::string name{};
    double hit_ratio = 0;
    double lookups = 0; // 0: not told
};

struct CacheByLayer {
    std::string title{};
    std::span<const CacheLayer> layers{};
    std::optional<double> floor{};
};

[[nodiscard]] Chart cache_by_layer_chart(const CacheByLayer& cache);

} // namespace assay::charts
