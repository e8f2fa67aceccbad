// What every family reports beside the time: how much work was done and spared, and how far the
// result is from the full computation.
//
//   add_update_metrics(family);                      // when the suite is declared
//   report_work(host, work);                         // after a batch
//   report_error(host, {.largest = 3e-15, .bound = 1e-12, .values = 4000});    // in verify()
//
// Pure functions but for what they report.
#pragma once

#include "active_inference/selective/update_work.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <optional>

namespace assay::selective_updates {

void add_update_metrics(assay::family_builder family);

// For families that keep sums.
void add_rebase_metric(assay::family_builder family);

// Of one batch. Throws assay::failure where done and skipped do not add up to the total.
void report_work(assay::context& host, const active_inference::UpdateWork& work);

// Of one batch: sums computed from scratch again.
void report_rebases(assay::context& host, std::uint64_t rebases);

struct UpdateError {
    std::optional<double> largest = {}; // of the selective path; the full one has none
    std::optional<double> bound = {};   // what it was held to; nothing is promised without
    std::uint64_t values = 0;           // compared
};

void report_error(assay::context& host, const UpdateError& error);

} // namespace assay::selective_updates
