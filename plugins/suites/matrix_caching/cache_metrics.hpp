// The metrics that families share: of the cache, and of the work it spared.
//
//   add_cache_metrics(family);
//   add_work_metrics(family, "{request}");
//   report_work_metrics(host, work, requests);       // of a batch, after it
//
// How many requests a launch asks is the calibration's choice, so counts are those of one request
// and can be compared between runs; only lookups, hits and misses are sums, as their rates are sums
// divided. stream_case.cpp reports them, of whole agents comparison_report.cpp. Pure functions.
#pragma once

#include <assay/suite.hpp>

#include <cstdint>
#include <string>

namespace assay::matrix_caching {

// Hits and misses of a cache, and the memory it takes. `per` is what counts are of: "{request}".
void add_lookup_metrics(assay::family_builder family, const std::string& per);
// These, and what belongs to requests one by one.
void add_cache_metrics(assay::family_builder family);
void add_work_metrics(assay::family_builder family, const std::string& per);
// Of families whose work is partly logarithms.
void add_logarithm_metrics(assay::family_builder family, const std::string& per);

struct DoneSkipped {
    std::uint64_t done = 0, skipped = 0;

    [[nodiscard]] std::uint64_t total() const noexcept { return done + skipped; }
};

// Of some requests together.
struct BatchWork {
    DoneSkipped contractions, ops, logarithms;
    bool has_logarithms = true; // the family declares them
};

// `requests` is not 0.
void report_work_metrics(assay::context& host, const BatchWork& work, std::uint64_t requests);

} // namespace assay::matrix_caching
