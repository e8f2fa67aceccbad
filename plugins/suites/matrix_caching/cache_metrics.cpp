#include "cache_metrics.hpp"

namespace assay::matrix_caching {

using assay::higher;
using assay::lower;
using assay::no_direction;
using assay::ratio;

void add_lookup_metrics(assay::family_builder family) {
    family.metric("lookups", "{lookup}", no_direction, assay::sum)
        .help("results asked of the cache");
    family.metric("hits", "{hit}", no_direction, assay::sum)
        .help("lookups whose whole result was there");
    family.metric("misses", "{miss}", no_direction, assay::sum)
        .help("lookups whose result had to be completed or computed");
    family.metric("hit_rate", "1", higher, ratio("hits", "lookups"))
        .help("hits / lookups; unavailable without a cache")
        .gate();
    family.metric("miss_rate", "1", lower, ratio("misses", "lookups"))
        .help("misses / lookups; unavailable without a cache");
    family.metric("evictions", "{entry}", no_direction, assay::sum)
        .help("entries given up to make room");
    family.metric("bytes_used", "By", no_direction, assay::last)
        .help("held by the cache at the end of the batch, table and bookkeeping included");
    family.metric("memory_overhead", "By", lower, assay::max)
        .help("the most that was ever kept, in the cache and outside its limit: what the full path "
              "does without");
}

void add_cache_metrics(assay::family_builder family) {
    add_lookup_metrics(family);
    family.metric("partial_hits", "{hit}", no_direction, assay::sum)
        .help("misses that found a part of their result");
    family.metric("distinct_keys", "{key}", no_direction, assay::max)
        .help("different requests so far");
    family.metric("build_time", "ns", lower, assay::last)
        .help("one request computed from nothing; least of 5 readings outside timed batches");
    family.metric("hit_time", "ns", lower, assay::last)
        .help("one request found in the cache; least of 5 readings outside timed batches");
    family.metric("speedup_bound", "1", no_direction, assay::last)
        .help(
            "what was found and what was not, at measured costs, against build_time; with one "
            "kind of entry 1 / (1 - s + s * hit_time / build_time). Where nearly all was found it "
            "is build_time / hit_time and reached by construction")
        .derived();
}

void add_work_metrics(assay::family_builder family) {
    family.metric("contractions_done", "{contraction}", no_direction, assay::sum)
        .help("tensor contractions computed");
    family.metric("contractions_skipped", "{contraction}", no_direction, assay::sum)
        .help("tensor contractions made unnecessary");
    family.metric("ops_done", "{op}", no_direction, assay::sum).help("multiply-adds computed");
    family.metric("ops_skipped", "{op}", no_direction, assay::sum)
        .help("multiply-adds made unnecessary");
    family.metric("ops_total", "{op}", no_direction, assay::sum)
        .help("multiply-adds of all requests without reuse; done + skipped is checked against it");
    family.metric("savings", "1", higher, ratio("ops_skipped", "ops_total"))
        .help("ops_skipped / ops_total");
    family.metric("values_verified", "{value}", no_direction, assay::sum)
        .help("numbers that verification compared")
        .exact();
}

void add_logarithm_metrics(assay::family_builder family) {
    family.metric("logarithms_done", "{logarithm}", no_direction, assay::sum)
        .help("logarithms computed");
    family.metric("logarithms_skipped", "{logarithm}", no_direction, assay::sum)
        .help("logarithms made unnecessary");
    family.metric("logarithms_total", "{logarithm}", no_direction, assay::sum)
        .help("logarithms of all requests without reuse; done + skipped is checked against it");
    family.metric("logarithm_savings", "1", higher, ratio("logarithms_skipped", "logarithms_total"))
        .help("logarithms_skipped / logarithms_total");
}

} // namespace assay::matrix_caching
