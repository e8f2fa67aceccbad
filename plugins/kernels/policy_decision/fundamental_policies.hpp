// The built-in rule set: safety, fairness, privacy, autonomy.
//
//   PolicySet set(fundamental_policies());
//
// Pure.
#pragma once

#include "policy.hpp"

#include <vector>

namespace assay::policy_decision {

// README.md has their rules as a table.
[[nodiscard]] std::vector<Policy> fundamental_policies();

} // namespace assay::policy_decision
