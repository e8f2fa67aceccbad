// One case of the family `partial_policy`: the values of some policies after each of a stream of
// changes of beliefs, preferences and likelihoods. One iteration = one pass over the stream.
//
// The order of the calls and their threads are those of a case class of assay/suite.hpp.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/policy_space.hpp"
#include "active_inference/result_digest.hpp"
#include "active_inference/selective/policy_values.hpp"
#include "case_parameters.hpp"
#include "change_ring.hpp"
#include "policy_inputs.hpp"

#include <assay/suite.hpp>

#include <cstddef>
#include <vector>

namespace assay::selective_updates {

void add_partial_policy(assay::suite& suite);

class PartialPolicyCase {
public:
    explicit PartialPolicyCase(const assay::params& params);
    // The values borrow the model.
    PartialPolicyCase(const PartialPolicyCase&) = delete;
    PartialPolicyCase& operator=(const PartialPolicyCase&) = delete;

    void verify(assay::context& host);
    void prepare(assay::batch& batch);
    void run(assay::batch& batch);
    void finish(assay::batch& batch, assay::context& host);

private:
    void restart();
    [[nodiscard]] bool pass(const active_inference::CancelCheck& cancelled);

    UpdatePath path_;
    PolicyInputs inputs_;
    active_inference::PolicySpace policies_;
    std::vector<std::size_t> chosen_;
    active_inference::PolicyValues values_;
    active_inference::ResultDigest digest_;
    active_inference::UpdateWork before_; // of the batch
};

} // namespace assay::selective_updates
