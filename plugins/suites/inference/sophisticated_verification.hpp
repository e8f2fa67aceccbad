// Holds a search against its plain recursion.
//
//   compared += check_search(model, q, {.horizon = 2}, search.values());
//
// Pure functions.
#pragma once

#include "active_inference/beliefs.hpp"
#include "active_inference/model.hpp"
#include "active_inference/policies/sophisticated_search.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace assay::inference {

// G policy by policy, within 1e-9; throws wrong_result: "G of policy 3 is -1.5, <with> -1.25".
std::uint64_t compare_values(std::string_view with,
                             std::span<const double> found,
                             std::span<const double> wanted);

// G at the root, of policies spread over all: as many as the recursion can value in some tens of
// milliseconds, at least one. Policies that rounding keeps or prunes are left out. Throws
// wrong_result; returns how many were compared.
std::uint64_t check_search(const active_inference::FactoredModel& model,
                           const active_inference::Beliefs& q,
                           const active_inference::SophisticatedOptions& options,
                           std::span<const double> values);

} // namespace assay::inference
