// The points of one case, out of its object in assay.event/1 and assay.results/1.
//
//   Result<CasePoints> points = case_points(document, {.platform = run.platform});
//
// A bundle made from a store says the status of each metric, and figures where a run has samples:
// "status", "spread", "n_launches", "flags", "point_flags", "source_unit" (events_from_run.hpp).
// Pure; callable from any thread.
#pragma once

#include "history/records.hpp"
#include "support/json.hpp"
#include "support/result.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace assay::history {

struct CaseSurroundings {
    Platform platform;
    std::string isolation; // of the run; a case may say another
    std::string build_sha256;
};

struct CasePoints {
    std::vector<Point> points;      // one per metric
    std::optional<Failure> failure; // it did not pass, or a figure of it is none
    std::set<std::string> unknown_units;
};

// Errors (plugin): no id, no status, a metric without key.
Result<CasePoints> case_points(const json::object& document, const CaseSurroundings& around);

// 1.4826 times the median absolute deviation: a standard deviation, where values are normal.
std::optional<double> robust_spread(const std::vector<double>& values);

} // namespace assay::history
