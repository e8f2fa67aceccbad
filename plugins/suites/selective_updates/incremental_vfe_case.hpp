// One case of the family `incremental_vfe`: the free energy after each of a stream of changes of
// one belief, from scratch or from its terms. One iteration = one change.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/model.hpp"
#include "active_inference/result_digest.hpp"
#include "active_inference/selective/belief_mixture.hpp"
#include "active_inference/selective/incremental_free_energy.hpp"
#include "active_inference/state_inference/free_energy.hpp"
#include "case_parameters.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <vector>

namespace assay::selective_updates {

void add_incremental_vfe(assay::suite& suite);

class IncrementalVfeCase {
public:
    explicit IncrementalVfeCase(const assay::params& params);

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    using Changes = std::vector<active_inference::BeliefMixture>;

    void draw(std::uint64_t seed, Changes& changes) const;
    [[nodiscard]] double update(const active_inference::BeliefMixture& change) noexcept;
    // Where every batch starts.
    void restart() noexcept;

    std::uint64_t seed_;
    UpdatePath path_;
    active_inference::FactoredModel model_;
    active_inference::LogLikelihood tables_;
    active_inference::Beliefs prior_, start_;
    active_inference::Beliefs q_; // of the full path
    active_inference::FreeEnergy full_;
    active_inference::IncrementalFreeEnergy selective_;
    active_inference::UpdateCost full_cost_; // of F from scratch
    Changes changes_;
    active_inference::ResultDigest digest_;
    active_inference::UpdateWork before_; // of the batch
    active_inference::InferenceWork full_before_;
    std::uint64_t rebases_before_ = 0;
};

} // namespace assay::selective_updates
