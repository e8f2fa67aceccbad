// The family `comparison`: a whole agent, step by step, with its caches off, each alone, and all.
// One iteration = one step: infer states, evaluate policies, choose an action.
//
//   add_comparison(suite);
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp. A batch is
// the life of another agent, born alike, which joins the case's one stream of 1 000 observations at
// a step drawn from the batch's seed; what the caches hold goes on from batch to batch. run()
// allocates only while the cache of likelihoods is still growing.
#pragma once

#include "active_inference/agent/agent_loop.hpp"
#include "comparison_workload.hpp"
#include "sampled_digest.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace assay::matrix_caching {

// none, likelihoods, transitions, intermediates or all. Throws config_error for another.
[[nodiscard]] active_inference::AgentCaches agent_caches(const assay::params& params);

class ComparisonCase {
public:
    explicit ComparisonCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    // Since construction, of the loop.
    struct Work {
        active_inference::InferenceWork states;
        active_inference::PolicyWork policies;
        std::uint64_t likelihood_logarithms = 0; // of those of `states`
        active_inference::ByteCacheCounts cache;
    };

    void fill();
    [[nodiscard]] active_inference::Observation observe(std::size_t step) noexcept;
    [[nodiscard]] std::size_t distinct_observations() const;
    [[nodiscard]] bool live(active_inference::AgentLoop& loop,
                            active_inference::AgentState& agent,
                            std::size_t step,
                            const active_inference::CancelCheck& cancelled);
    [[nodiscard]] Work work() const noexcept;
    [[nodiscard]] std::size_t memory_overhead() const noexcept;
    void report_work(const Work& now, std::uint64_t steps, assay::context& host) const;
    void report_cache(const Work& now, std::uint64_t steps, assay::context& host) const;

    ComparisonWorkload workload_;
    active_inference::AgentOptions options_;
    std::uint64_t seed_;
    std::uint64_t observation_logarithms_; // of one observation, computed
    active_inference::AgentLoop loop_;
    active_inference::AgentState agent_;
    std::vector<std::uint32_t> outcomes_;             // of the stream, step by step
    std::size_t begin_ = 0;                           // where the batch joins it
    std::vector<active_inference::Outcome> observed_; // of one step
    SampledDigest digest_;
    Work before_; // of the batch
    bool ran_ = false;
};

void add_comparison(assay::suite& suite);

} // namespace assay::matrix_caching
