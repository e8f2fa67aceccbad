// Ids of cases as short as they can be told apart: what all of them share is said once.
//
//   CaseNames names = case_names({"a/f[n=16,impl=x,seed=1]", "a/f[n=16,impl=y,seed=1]"});
//   names.names     // {"f[impl=x]", "f[impl=y]"}
//   names.shared    // "a, n=16, seed=1"
//
// Pure.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace assay::charts {

struct CaseNames {
    // One for each id, in their order: without what all cases of its family have in common.
    std::vector<std::string> names;
    std::string shared; // suite and parameters that are the same wherever they appear
};

// Ids that are no ids of cases, or would be the same afterwards, stay as they are.
[[nodiscard]] CaseNames case_names(std::span<const std::string> ids);

} // namespace assay::charts
