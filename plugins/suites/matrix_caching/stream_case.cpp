#include "stream_case.hpp"

#include "bitwise.hpp"
#include "cache_metrics.hpp"
#include "random_source/random_source.hpp"

#include <algorithm>
#include <string>

namespace assay::matrix_caching {

namespace ai = active_inference;

namespace {

constexpr std::uint64_t kRankingSeed = 2, kVerifySeed = 3, kFillSeed = 4, kBatchSeed = 5;
// Operations spent on verification, and the requests they are spread over: some 50 ms.
constexpr std::uint64_t kVerifyOps = 40'000'000, kOpsOfLogarithm = 10;
constexpr std::uint64_t kVerifyRequestsMin = 4, kVerifyRequestsMax = 1024;

std::unique_ptr<RequestPath> path_for(const Workload& work, const CacheAxes& axes) {
    auto path = work.make_path(axes.path, axes.cache);
    if (path == nullptr) {
        throw assay::config_error("path=" + axes.path + ": this family has no such path");
    }
    return path;
}

PathCounts since(const PathCounts& now, const PathCounts& before) noexcept {
    PathCounts difference = now;
    difference.fetch.lookups -= before.fetch.lookups;
    difference.fetch.hits -= before.fetch.hits;
    difference.fetch.misses -= before.fetch.misses;
    difference.fetch.partial_hits -= before.fetch.partial_hits;
    difference.work.contractions_done -= before.work.contractions_done;
    difference.work.contractions_skipped -= before.work.contractions_skipped;
    difference.work.ops_done -= before.work.ops_done;
    difference.work.ops_skipped -= before.work.ops_skipped;
    difference.work.logarithms_done -= before.work.logarithms_done;
    difference.work.logarithms_skipped -= before.work.logarithms_skipped;
    return difference;
}

void record(RecordedWork& sum, const PathCounts& batch, std::uint64_t requests) noexcept {
    sum.requests += requests;
    sum.counts.fetch.lookups += batch.fetch.lookups;
    sum.counts.fetch.hits += batch.fetch.hits;
    sum.counts.fetch.misses += batch.fetch.misses;
    sum.counts.work.contractions_done += batch.work.contractions_done;
    sum.counts.work.ops_done += batch.work.ops_done;
    sum.counts.work.ops_skipped += batch.work.ops_skipped;
    sum.counts.work.logarithms_done += batch.work.logarithms_done;
    sum.counts.work.logarithms_skipped += batch.work.logarithms_skipped;
}

void check_sum(const char* what, std::uint64_t done, std::uint64_t skipped, std::uint64_t total) {
    if (done + skipped != total) {
        throw assay::failure(ASSAY_E_FAIL,
                             std::string(what) + " do not add up: " + std::to_string(done) +
                                 " done + " + std::to_string(skipped) + " skipped, expected " +
                                 std::to_string(total));
    }
}

// Of seed and lane of the batch alone, so that the full twin is asked the same.
std::uint64_t seed_of(const assay::batch& batch) noexcept {
    return derived_seed(derived_seed(batch.seed(), kBatchSeed), batch.lane().index);
}

} // namespace

StreamCase::StreamCase(const assay::params& params, MakeWorkload make)
    : axes_(cache_axes_from(params))
    , seed_(params.seed())
    , work_(make(params, axes_))
    , stream_(axes_.access, work_->key_count(), derived_seed(seed_, kRankingSeed))
    , path_(path_for(*work_, axes_)) {
    skip_what_stays();
    if (axes_.path != "full" && axes_.phase != Phase::cold) {
        fill();
    }
}

// All paths alike, so that no twin is left alone.
void StreamCase::skip_what_stays() const {
    if (axes_.phase != Phase::steady || !axes_.bounded()) {
        return;
    }
    const std::size_t count = work_->key_count(), limit = axes_.cache.limit_bytes;
    if (count == 1) {
        throw assay::skip("phase=steady: the working set is a single request of " +
                          std::to_string(work_->entry_bytes()) + " bytes, limit " +
                          std::to_string(limit) + "; give a larger working_set or limit");
    }
    // What results are made from leaves first, and then all of them lie there.
    const std::size_t bytes =
        work_->result_bytes() + ai::ByteCache::table_bytes(axes_.cache.eviction, count);
    if (bytes <= limit) {
        throw assay::skip(
            "phase=steady: all " + std::to_string(count) + " results fit, in " +
            std::to_string(bytes) + " bytes of a limit of " + std::to_string(limit) +
            ", which is phase=warm; give a larger working_set, or phase=warm or cold");
    }
}

void StreamCase::fetch_all(std::span<const std::uint32_t> keys) {
    for (const std::uint32_t key : keys) {
        assay::keep(path_->fetch(key).first.data());
    }
}

// warm: every key once. steady: as the stream itself would have filled it, twice as many requests
// as there are keys; what is still missing then comes with the first batches.
void StreamCase::fill() {
    const ai::ByteCache* cache = path_->cache();
    std::vector<std::uint32_t> keys(cache == nullptr ? 1 : work_->key_count());
    if (axes_.phase == Phase::warm) {
        for (std::uint32_t key = 0; key < keys.size(); ++key) {
            keys[key] = key;
        }
        fetch_all(keys);
        if (cache != nullptr && cache->counts().evictions + cache->counts().rejections != 0) {
            throw assay::skip("a warm cache needs a working set that fits: " +
                              std::to_string(work_->entry_bytes()) + " bytes of entries, limit " +
                              std::to_string(axes_.cache.limit_bytes));
        }
        return;
    }
    keys.resize(2 * keys.size());
    stream_.draw(derived_seed(seed_, kFillSeed), keys);
    fetch_all(keys);
}

std::uint64_t StreamCase::verified(std::span<const std::uint32_t> keys) {
    const auto full = work_->make_path("full", {});
    std::uint64_t values = 0;
    for (const std::uint32_t key : keys) {
        const Results found = path_->fetch(key);
        const auto difference = axes_.path == "full" ? work_->reference_difference(key, found)
                                                     : bitwise_difference(full->fetch(key), found);
        if (difference) {
            throw assay::wrong_result(work_->describe(key) + ": " + *difference);
        }
        values += found.first.size() + found.second.size();
    }
    return values;
}

void StreamCase::verify(assay::context& host) {
    const ai::PathWork one = work_->request_work();
    const std::uint64_t ops =
        std::max<std::uint64_t>(one.ops_done + kOpsOfLogarithm * one.logarithms_done, 1);
    std::vector<std::uint32_t> keys(
        std::clamp(kVerifyOps / ops, kVerifyRequestsMin, kVerifyRequestsMax));
    stream_.draw(derived_seed(seed_, kVerifySeed), keys);
    std::uint64_t values = verified(keys);
    if (axes_.path != "full") {
        values += verified(keys); // what was computed the first time is found the second time
        work_->raise_version();
        values += verified(std::span(keys).first(kVerifyRequestsMin)); // and not after learning
    }
    host.metric("values_verified", static_cast<double>(values));
    host.metric("distinct_keys", work_->key_count());
}

// A batch begins anywhere in the working set. For a scan the cache must then hold what the scan has
// just passed, or every batch would begin with hits that a scan never has. Half as many again as
// fit: entries that are there already displace nothing.
void StreamCase::follow_scan(std::uint64_t seed) {
    if (!lead_in_keys_) {
        const std::uint64_t held = work_->keys_in(axes_.cache.limit_bytes);
        lead_in_keys_ = std::min<std::uint64_t>(work_->key_count(), held + held / 2 + 8);
    }
    lead_in_.resize(*lead_in_keys_);
    if (stream_.draw_before(seed, lead_in_)) {
        fetch_all(lead_in_);
    }
}

void StreamCase::prepare(assay::batch& batch) {
    ran_ = false;
    keys_.resize(static_cast<std::size_t>(batch.iterations()) * axes_.episode);
    const std::uint64_t seed = seed_of(batch);
    stream_.draw(seed, keys_);
    if (axes_.phase == Phase::steady && has_cache()) {
        follow_scan(seed);
    }
    before_ = path_->counts();
    cache_before_ = has_cache() ? path_->cache()->counts() : ai::ByteCacheCounts{};
}

// Raises the version after every learn_every requests, wherever batches begin and end.
bool StreamCase::answer(std::span<const std::uint32_t> keys,
                        SampledDigest& digest,
                        const assay::batch& batch) {
    const std::uint64_t every = axes_.learn_every;
    while (!keys.empty()) {
        const std::size_t count =
            every == 0 ? keys.size() : std::min<std::size_t>(keys.size(), every - since_learning_);
        const std::uint64_t answered = path_->answer(keys.first(count), digest, batch);
        answered_ += answered;
        since_learning_ += answered;
        if (every != 0 && since_learning_ == every) {
            work_->raise_version();
            since_learning_ = 0;
        }
        if (answered < count) {
            return false;
        }
        keys = keys.subspan(count);
    }
    return true;
}

void StreamCase::run(assay::batch& batch) {
    SampledDigest digest;
    const std::span<const std::uint32_t> keys(keys_);
    answered_ = 0;
    if (axes_.phase == Phase::cold) {
        std::uint64_t done = 0;
        for (; done < batch.iterations(); ++done) {
            path_->forget();
            since_learning_ = 0;
            if (!answer(keys.subspan(done * axes_.episode, axes_.episode), digest, batch)) {
                break;
            }
        }
        batch.done(done);
    } else {
        static_cast<void>(answer(keys, digest, batch));
        batch.done(answered_);
    }
    digest_ = digest;
    ran_ = true;
}

void StreamCase::finish(assay::batch& batch, assay::context& host) {
    if (!ran_) {
        return;
    }
    batch.checksum(digest_.value());
    const std::uint64_t requests = answered_; // of a cancelled episode too
    const PathCounts counts = since(path_->counts(), before_);
    const ai::PathWork one = work_->request_work();
    check_sum(
        "multiply-adds", counts.work.ops_done, counts.work.ops_skipped, requests * one.ops_done);
    check_sum("logarithms",
              counts.work.logarithms_done,
              counts.work.logarithms_skipped,
              requests * one.logarithms_done);
    check_sum("hits and misses", counts.fetch.hits, counts.fetch.misses, counts.fetch.lookups);
    if (batch.is_warmup() || requests == 0) {
        return;
    }
    record(recorded_, counts, requests);
    report_work(counts, requests, host);
    if (has_cache()) {
        recorded_.kept += path_->cache()->counts().insertions - cache_before_.insertions;
        report_cache(counts, requests, host);
    }
    if (axes_.path != "full" && (path_->cache() == nullptr || has_cache())) {
        host.metric("memory_overhead", static_cast<double>(path_->memory_overhead()));
        report_cost(host);
    }
}

void StreamCase::report_work(const PathCounts& counts,
                             std::uint64_t requests,
                             assay::context& host) {
    const ai::PathWork one = work_->request_work();
    const ai::PathWork& work = counts.work;
    report_work_metrics(host,
                        {.contractions = {work.contractions_done, work.contractions_skipped},
                         .ops = {work.ops_done, work.ops_skipped},
                         .logarithms = {work.logarithms_done, work.logarithms_skipped},
                         .has_logarithms = one.logarithms_done > 0},
                        requests);
}

// Hits and lookups as they are: a rate is one sum through the other. The rest of one request.
void StreamCase::report_cache(const PathCounts& counts,
                              std::uint64_t requests,
                              assay::context& host) {
    const ai::ByteCache& cache = *path_->cache();
    const auto each = [requests](std::uint64_t count) {
        return static_cast<double>(count) / static_cast<double>(requests);
    };
    host.metric("lookups", static_cast<double>(counts.fetch.lookups));
    host.metric("hits", static_cast<double>(counts.fetch.hits));
    host.metric("misses", static_cast<double>(counts.fetch.misses));
    host.metric("partial_hits", each(counts.fetch.partial_hits));
    host.metric("evictions", each(cache.counts().evictions - cache_before_.evictions));
    host.metric("bytes_used", static_cast<double>(cache.bytes()));
}

void StreamCase::report_cost(assay::context& host) {
    if (!cost_) {
        cost_ = measure_access_cost(*work_, stream_, axes_.path, axes_.cache, seed_, thread_cpu_ns);
    }
    host.metric("build_time", cost_->build_ns);
    if (has_cache()) {
        host.metric("hit_time", cost_->hit_ns);
        host.metric("keep_time", cost_->keep_ns);
    }
    if (recorded_.requests > 0) {
        host.metric("speedup_bound", work_->speedup_bound(recorded_, *cost_));
    }
}

} // namespace assay::matrix_caching
