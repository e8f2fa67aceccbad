// What every family reports beside the time, and the checks that they share.
//
//   add_decision_metrics(family);                              // when the suite is declared
//   verify_random_sets(path);                                  // throws assay::wrong_result
//   report_cache(host, point, before);                         // after a batch
//
// Pure but for what is reported.
#pragma once

#include "decision_path.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <string>

namespace assay::policy {

void add_decision_metrics(assay::family_builder family);

// Of the batch: counts of the cache since `before`, where there is one.
void report_cache(assay::context& host,
                  const DecisionPoint& point,
                  const policy_decision::CacheCounts& before);

[[nodiscard]] policy_decision::CacheCounts counts_of(const DecisionPoint& point) noexcept;

// Throws assay::wrong_result with what was asked and where they differ.
void check_equal(const policy_decision::Decision& found,
                 const policy_decision::Decision& expected,
                 const std::string& asked);

// Random sets with everything that rules can have, random requests, random edits: the path against
// the naive evaluator. Returns how many decisions were compared.
std::uint64_t verify_random_sets(DecisionPath path, std::uint64_t seed);

// What a case ran with, as JSON. `own` are its parameters: "\"policies\":10,...".
[[nodiscard]] std::string config_text(const assay::params& params, const std::string& own);

} // namespace assay::policy
