// Holds the expected free energy of policies against its formula in plain loops: of some policies
// that are spread over all, so that first actions differ too.
//
//   compared += check_values(model, efe.policies(), q, efe.values(), {.most = 8, .turn = 1});
//
// Pure functions.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/policy_space.hpp"

#include <cstddef>
#include <span>

namespace assay::inference {

// Every k-th policy, so that there are at most `most`. Turns 0 ... turns - 1 begin at different
// ones.
struct PolicySample {
    std::size_t most = 16;
    std::size_t turn = 0, turns = 1;
};

// Throws wrong_result naming the policy; returns how many were compared.
std::size_t check_values(const active_inference::FactoredModel& model,
                         const active_inference::PolicySpace& policies,
                         const active_inference::Beliefs& q,
                         std::span<const double> values,
                         const PolicySample& sample);

} // namespace assay::inference
