// One case of the family `transition`: a stream of requests for k-step transition products and
// their smoothing transposes, answered by one path. One iteration = one request.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "access_cost.hpp"
#include "active_inference/transition_path.hpp"
#include "path_configuration.hpp"
#include "result_digest.hpp"
#include "transition_workload.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace assay::matrix_caching {

class TransitionCase {
public:
    explicit TransitionCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    using FullPath = active_inference::FullTransitions;
    using CachedPath = active_inference::CachedTransitions;

    // What was counted up to some moment; batches report differences.
    struct Counts {
        active_inference::WorkCount work;
        active_inference::FetchCounts fetch;
        std::uint64_t evictions = 0;
    };

    [[nodiscard]] CachedPath* cached() noexcept { return std::get_if<CachedPath>(&path_); }

    [[nodiscard]] Counts counts() noexcept;
    void answer(const std::vector<TransitionRequest>& requests);
    void fill_cache();
    [[nodiscard]] std::uint64_t batch_seed(const assay::batch& batch) const noexcept;
    void report_work(const Counts& now, std::uint64_t done, assay::context& host);
    void report_cache(const Counts& now, std::uint64_t done, assay::context& host);

    TransitionWorkload work_;
    PathConfiguration configuration_;
    std::variant<FullPath, CachedPath> path_;
    std::vector<TransitionRequest> requests_, lead_in_;
    std::vector<bool> seen_; // by key: requested in a recorded batch
    std::uint64_t distinct_ = 0;
    ResultDigest digest_;
    Counts before_; // of the batch
    bool ran_ = false;
    std::optional<AccessCost> cost_;
    std::uint64_t recorded_ops_done_ = 0, recorded_ops_skipped_ = 0;
};

} // namespace assay::matrix_caching
