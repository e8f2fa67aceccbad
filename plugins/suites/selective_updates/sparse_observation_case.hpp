// One case of the family `sparse_observation`: inference of the hidden states from a stream of
// observations of which few modalities change at a time. One iteration = one pass over the stream.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/model.hpp"
#include "active_inference/observation.hpp"
#include "active_inference/result_digest.hpp"
#include "active_inference/selective/selective_inference.hpp"
#include "active_inference/state_inference/state_inference.hpp"
#include "case_parameters.hpp"
#include "change_ring.hpp"
#include "optimum_check.hpp"
#include "update_metrics.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace assay::selective_updates {

void add_sparse_observation(assay::suite& suite);

class SparseObservationCase {
public:
    explicit SparseObservationCase(const assay::params& params);
    // The iterations ask it whether they are cancelled.
    SparseObservationCase(const SparseObservationCase&) = delete;
    SparseObservationCase& operator=(const SparseObservationCase&) = delete;

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    // What the full path comes to at one position; it starts from the prior, whatever was before.
    struct FullStep {
        active_inference::FixedPointResult result;
        active_inference::Beliefs q;
    };

    // Observations of a batch that are not the one before, and what they took.
    struct Changed {
        std::int64_t observations = 0;
        std::int64_t sweeps = 0;
        std::int64_t full_sweeps = 0; // that the full path takes for them
    };

    // What was counted up to some moment; batches report differences.
    struct Counts {
        active_inference::UpdateWork likelihood;
        active_inference::UpdateCost iteration;
        std::int64_t sweeps = 0;
        std::uint64_t rebases = 0;
    };

    [[nodiscard]] active_inference::FixedPointOptions iteration_options() const;
    [[nodiscard]] active_inference::Observation observation(std::size_t position) const noexcept;
    [[nodiscard]] const active_inference::FixedPointResult& infer(std::size_t position) noexcept;
    [[nodiscard]] const active_inference::FixedPointResult& compute(std::size_t position) noexcept;
    [[nodiscard]] const active_inference::Beliefs& beliefs() const noexcept;
    // Of the path, so far.
    [[nodiscard]] std::int64_t sweeps() const noexcept;
    // Whether it is the observation that was inferred from last.
    [[nodiscard]] bool repeats(std::size_t position) const noexcept;
    void take_full_steps();
    // Where every batch starts: settled on the last position.
    void restart() noexcept;
    [[nodiscard]] bool pass(const assay::batch& batch) noexcept;
    void verify_memo(assay::context& host);
    // The largest difference of L.
    [[nodiscard]] double compare_sums(std::size_t position, const OptimumCheck& check) const;
    [[nodiscard]] Counts counts() const noexcept;
    [[nodiscard]] active_inference::UpdateWork work_of(std::int64_t passes,
                                                       const Counts& now) const noexcept;
    // Of the observations that are not the one before.
    [[nodiscard]] active_inference::UpdateWork changed_work(const Counts& now) const noexcept;

    UpdatePath path_;
    active_inference::FactoredModel model_;
    ChangeRing ring_;
    std::vector<active_inference::Outcome> outcomes_; // [position][modality]
    active_inference::Beliefs prior_;
    const assay::batch* running_ = nullptr;
    active_inference::StateInference full_;
    active_inference::SelectiveInference selective_;
    active_inference::Beliefs q_; // of the full path
    active_inference::FixedPointResult result_;
    std::optional<std::size_t> last_; // position that was inferred from last
    std::vector<FullStep> full_steps_;
    active_inference::UpdateCost sweep_cost_; // of one sweep
    active_inference::UpdateCost full_pass_;  // of the full path over the stream
    std::int64_t full_sweeps_ = 0;
    active_inference::ResultDigest digest_;
    std::int64_t sweeps_ = 0; // of the full path, so far
    Counts before_;           // of the batch
    Changed changed_;         // in the batch
};

} // namespace assay::selective_updates
