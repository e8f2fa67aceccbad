// What every family reports beside the time: how much work was done and spared, and how far the
// result is from the full computation.
//
//   add_update_metrics(family);                      // when the suite is declared
//   const BatchReport report(host, batch.done());    // after a batch
//   report.work(work);
//   report_error(host, {.largest = 3e-15, .bound = 1e-12, .values = 4000});    // in verify()
//
// How many iterations a launch has is the calibration's choice, so counts are those of one
// iteration and can be compared between runs. Pure functions but for what they report.
#pragma once

#include "active_inference/selective/update_work.hpp"

#include <assay/suite.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::selective_updates {

// Something counted: its mean over the iterations.
assay::metric_builder
add_count(assay::family_builder family, std::string_view key, const std::string& unit);

void add_update_metrics(assay::family_builder family);

// For families that keep sums.
void add_rebase_metric(assay::family_builder family);

// Of one batch of at least one iteration.
class BatchReport {
public:
    BatchReport(assay::context& host, std::uint64_t iterations) noexcept
        : host_(&host)
        , iterations_(iterations) {}

    // Throws assay::failure where done and skipped do not add up to the total.
    void work(const active_inference::UpdateWork& work) const;
    void count(std::string_view key, std::int64_t count) const;
    // part / whole; unavailable where there is no whole.
    void share(std::string_view key, std::int64_t part, std::int64_t whole) const;

private:
    assay::context* host_;
    std::uint64_t iterations_;
};

struct UpdateError {
    std::optional<double> largest = {}; // of the selective path; the full one has none
    std::optional<double> bound = {};   // what it was held to; nothing is promised without
    std::uint64_t values = 0;           // compared
};

void report_error(assay::context& host, const UpdateError& error);

} // namespace assay::selective_updates
