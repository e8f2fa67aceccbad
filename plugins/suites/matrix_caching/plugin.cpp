// The plugin: which families, axes and metrics the suite has. README.md explains each.
#include "transition_case.hpp"

#include <assay/suite.hpp>

namespace {

using assay::higher;
using assay::lower;
using assay::no_direction;
using assay::ratio;

void add_axes(assay::family_builder family) {
    family.axis("states", {20, 40})
        .unit("{state}")
        .help("states of each factor; matrices are states x states")
        .quick({20});
    family.axis("depth", {1, 2, 3, 4})
        .unit("{step}")
        .help("steps of an action sequence; 4 actions, so 4^depth sequences a factor")
        .quick({4});
    family
        .axis("stream",
              {"zipf0.8_4MiB",
               "scan_4MiB",
               "uniform_4MiB",
               "zipf1.1_4MiB",
               "zipf0.8_512KiB",
               "zipf0.8_1MiB",
               "scan_512KiB",
               "zipf0.8_64MiB"})
        .help("order of the requests and bytes of all their entries: <pattern>_<working set>")
        .quick({"zipf0.8_4MiB", "scan_4MiB"})
        .standard({"zipf0.8_4MiB", "scan_4MiB"});
    family
        .axis("path",
              {"full",
               "cold_lru_16MiB",
               "steady_lru_64KiB",
               "steady_lru_1MiB",
               "steady_lfu_1MiB",
               "warm_lru_16MiB",
               "cold_lru_1MiB",
               "steady_fifo_1MiB",
               "steady_none_1MiB",
               "steady_lfu_64KiB",
               "steady_lru_16MiB",
               "steady_lru_unlimited",
               "steady_lru_0",
               "warm_lfu_16MiB"})
        .help("from scratch, or with a cache: <phase>_<eviction>_<limit>")
        .variant("full")
        .quick(6)
        .standard(6);
}

void add_cache_metrics(assay::family_builder family) {
    family.metric("lookups", "{lookup}", no_direction, assay::sum)
        .help("requests to the cache, one per iteration");
    family.metric("hits", "{hit}", no_direction, assay::sum)
        .help("requests whose whole result was there");
    family.metric("misses", "{miss}", no_direction, assay::sum)
        .help("requests whose result had to be completed or computed");
    family.metric("hit_rate", "1", higher, ratio("hits", "lookups"))
        .help("hits / lookups; unavailable without a cache")
        .gate();
    family.metric("miss_rate", "1", lower, ratio("misses", "lookups"))
        .help("misses / lookups; unavailable without a cache");
    family.metric("prefix_hits", "{hit}", no_direction, assay::sum)
        .help("misses that went on from a shorter prefix in the cache");
    family.metric("evictions", "{entry}", no_direction, assay::sum)
        .help("entries given up to make room");
    family.metric("distinct_keys", "{key}", no_direction, assay::max)
        .help("different requests so far");
    family.metric("bytes_used", "By", no_direction, assay::last)
        .help("held by the cache at the end of the batch, table and bookkeeping included");
    family.metric("memory_overhead", "By", lower, assay::max)
        .help("the most the cache ever held: what the full path does without");
    family.metric("build_time", "ns", lower, assay::last)
        .help("one result computed from nothing; least of 5 readings outside timed batches");
    family.metric("hit_time", "ns", lower, assay::last)
        .help("one result found in the cache; least of 5 readings outside timed batches");
    family.metric("speedup_bound", "1", no_direction, assay::last)
        .help("1 / (1 - s + s * hit_time / build_time), s = ops_skipped / ops_total so far")
        .derived();
}

void add_work_metrics(assay::family_builder family) {
    family.metric("contractions_done", "{contraction}", no_direction, assay::sum)
        .help("matrix products and smoothing transposes computed");
    family.metric("contractions_skipped", "{contraction}", no_direction, assay::sum)
        .help("matrix products and smoothing transposes that the cache made unnecessary");
    family.metric("ops_done", "{op}", no_direction, assay::sum).help("multiply-adds computed");
    family.metric("ops_skipped", "{op}", no_direction, assay::sum)
        .help("multiply-adds that the cache made unnecessary");
    family.metric("ops_total", "{op}", no_direction, assay::sum)
        .help("multiply-adds of all requests without reuse; done + skipped is checked against it");
    family.metric("savings", "1", higher, ratio("ops_skipped", "ops_total"))
        .help("ops_skipped / ops_total");
    family.metric("values_verified", "{value}", no_direction, assay::sum)
        .help("numbers that verification compared")
        .exact();
}

} // namespace

ASSAY_SUITE("org.assay.matrix_caching",
            "matrix_caching",
            "1.0.0",
            R"("license":"Apache-2.0","description":"What caching saves in active inference")") {
    assay::family_builder family =
        s.custom<assay::matrix_caching::TransitionCase>("transition", assay::shape::independent);
    family.help("k-step transition products and their smoothing transpose, one request each")
        .tags("active-inference", "cache")
        .bytes_per_iteration(sizeof(assay::matrix_caching::TransitionRequest))
        .stateful();
    add_axes(family);
    add_cache_metrics(family);
    add_work_metrics(family);
}
