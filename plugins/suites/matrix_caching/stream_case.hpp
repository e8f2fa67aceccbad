// One case of any family: a stream of requests answered by one path. One iteration = one request,
// with phase=cold an episode of `episode` requests from an empty cache.
//
//   class LikelihoodCase : public StreamCase {
//   public:
//       explicit LikelihoodCase(const assay::params& p) : StreamCase(p, make_workload) {}
//   };
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp. A batch
// allocates only in prepare(), and while a cache is still filling.
#pragma once

#include "access_cost.hpp"
#include "active_inference/access_pattern.hpp"
#include "cache_axes.hpp"
#include "request_path.hpp"
#include "workload.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace assay::matrix_caching {

class StreamCase {
public:
    using MakeWorkload = std::unique_ptr<Workload> (*)(const assay::params&, const CacheAxes&);

    StreamCase(const assay::params& params, MakeWorkload make);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    void skip_what_stays() const;
    void fetch_all(std::span<const std::uint32_t> keys);
    void fill();
    void follow_scan(std::uint64_t seed);
    // False: cancelled.
    [[nodiscard]] bool
    answer(std::span<const std::uint32_t> keys, SampledDigest& digest, const assay::batch& batch);
    [[nodiscard]] std::uint64_t verified(std::span<const std::uint32_t> keys);
    void report_work(const PathCounts& batch_counts, std::uint64_t requests, assay::context& host);
    void report_cache(const PathCounts& batch_counts, std::uint64_t requests, assay::context& host);
    void report_cost(assay::context& host);

    // A cache of 0 bytes is a cache that is off: it has no hit rate to speak of.
    [[nodiscard]] bool has_cache() const noexcept {
        return path_->cache() != nullptr && axes_.cache.limit_bytes > 0;
    }

    CacheAxes axes_;
    std::uint64_t seed_;
    std::unique_ptr<Workload> work_;
    active_inference::AccessStream stream_;
    std::unique_ptr<RequestPath> path_;
    std::vector<std::uint32_t> keys_, lead_in_;
    std::optional<std::uint64_t> lead_in_keys_; // as many as it takes, once known
    std::uint64_t answered_ = 0;                // requests of the batch
    std::uint64_t since_learning_ = 0; // requests, from batch to batch; in phase cold of an episode
    SampledDigest digest_;
    PathCounts before_; // of the batch
    active_inference::ByteCacheCounts cache_before_;
    bool ran_ = false;
    std::optional<AccessCost> cost_;
    RecordedWork recorded_;
};

} // namespace assay::matrix_caching
