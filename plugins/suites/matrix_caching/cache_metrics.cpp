#include "cache_metrics.hpp"

namespace assay::matrix_caching {

using assay::higher;
using assay::lower;
using assay::no_direction;
using assay::ratio;

void add_lookup_metrics(assay::family_builder family, const std::string& per) {
    family.metric("lookups", "{lookup}", no_direction, assay::sum)
        .help("results asked of the cache in all recorded batches");
    family.metric("hits", "{hit}", no_direction, assay::sum)
        .help("lookups whose whole result was there");
    family.metric("misses", "{miss}", no_direction, assay::sum)
        .help("lookups whose result had to be completed or computed");
    family.metric("hit_rate", "1", higher, ratio("hits", "lookups"))
        .help("hits / lookups; unavailable without a cache")
        .gate();
    family.metric("miss_rate", "1", lower, ratio("misses", "lookups"))
        .help("misses / lookups; unavailable without a cache");
    family.metric("evictions", "{entry}/" + per, no_direction, assay::mean)
        .help("entries given up to make room");
    family.metric("bytes_used", "By", no_direction, assay::last)
        .help("held by the cache at the end of the batch, table and bookkeeping included");
    family.metric("memory_overhead", "By", lower, assay::max)
        .help("the most that was ever kept, in the cache and outside its limit: what the full path "
              "does without");
    family.metric("distinct_keys", "{key}", no_direction, assay::last)
        .help("different requests that the stream draws from: its working set")
        .exact();
}

void add_cache_metrics(assay::family_builder family) {
    add_lookup_metrics(family, "{request}");
    family.metric("partial_hits", "{hit}/{request}", no_direction, assay::mean)
        .help("misses that found a part of their result");
    family.metric("build_time", "ns", lower, assay::last)
        .help("one request computed from nothing; least of 5 readings outside timed batches");
    family.metric("hit_time", "ns", lower, assay::last)
        .help("one request found in the cache; least of 5 readings outside timed batches");
    family.metric("keep_time", "ns", lower, assay::last)
        .help("writing one entry to memory as large as the limit, without looking for room; least "
              "of 5 readings outside timed batches");
    family.metric("speedup_bound", "1", no_direction, assay::last)
        .help("build_time / the mean of what was found (hit_time), computed, and kept (keep_time), "
              "at measured costs, as if looking for room cost nothing. Where nearly all was found "
              "it is build_time / hit_time and reached by construction")
        .derived();
}

namespace {

void add_work(assay::family_builder family,
              const std::string& key,
              const std::string& unit,
              const std::string& what) {
    family.metric(key + "_done", unit, no_direction, assay::mean).help(what + " computed");
    family.metric(key + "_skipped", unit, no_direction, assay::mean)
        .help(what + " made unnecessary");
    family.metric(key + "_total", unit, no_direction, assay::mean)
        .help(what + " without reuse; done + skipped is checked against it");
}

} // namespace

void add_work_metrics(assay::family_builder family, const std::string& per) {
    add_work(family, "contractions", "{contraction}/" + per, "tensor contractions");
    add_work(family, "ops", "{op}/" + per, "multiply-adds");
    family.metric("savings", "1", higher, assay::mean).help("ops_skipped / ops_total");
    family.metric("values_verified", "{value}", no_direction, assay::sum)
        .help("numbers that verification compared")
        .exact();
}

void add_logarithm_metrics(assay::family_builder family, const std::string& per) {
    add_work(family, "logarithms", "{logarithm}/" + per, "logarithms");
    family.metric("logarithm_savings", "1", higher, assay::mean)
        .help("logarithms_skipped / logarithms_total");
}

namespace {

void report(assay::context& host,
            const std::string& key,
            const DoneSkipped& work,
            std::uint64_t requests) {
    const auto each = [requests](std::uint64_t count) {
        return static_cast<double>(count) / static_cast<double>(requests);
    };
    host.metric(key + "_done", each(work.done));
    host.metric(key + "_skipped", each(work.skipped));
    host.metric(key + "_total", each(work.total()));
}

void report_savings(assay::context& host, const char* key, const DoneSkipped& work) {
    if (work.total() > 0) {
        host.metric(key, static_cast<double>(work.skipped) / static_cast<double>(work.total()));
    }
}

} // namespace

void report_work_metrics(assay::context& host, const BatchWork& work, std::uint64_t requests) {
    report(host, "contractions", work.contractions, requests);
    report(host, "ops", work.ops, requests);
    report_savings(host, "savings", work.ops);
    if (work.has_logarithms) {
        report(host, "logarithms", work.logarithms, requests);
        report_savings(host, "logarithm_savings", work.logarithms);
    }
}

} // namespace assay::matrix_caching
