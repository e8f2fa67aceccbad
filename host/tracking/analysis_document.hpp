// An analysis as a document: assay.analysis/1 (schemas/analysis.json).
//
//   json::object document = analysis_document(shown, store.where(), {.detector = "assay"});
//
// Pure; callable from any thread.
#pragma once

#include "support/json.hpp"
#include "tracking/alert_book.hpp"
#include "tracking/analysis.hpp"
#include "tracking/dirty_platforms.hpp"

#include <string>
#include <utility>
#include <vector>

namespace assay::tracking {

// An analysis and the alerts after it.
struct ShownAnalysis {
    BranchAnalysis analysis;
    AlertBook book;
    std::string project = {};  // whose runs; empty: of none, or nobody knows
    bool among_others = false; // analyses of several are shown
};

struct AnalysisHead {
    std::string where; // the history
    std::string detector = "assay";
    bool early = false;
    bool kept = false; // alerts and flags are in the history now
    PointStatistic statistic = PointStatistic::median;
    std::vector<DirtyPlatform> left_out = {};
};

// One alert with its changes, as the document lists it.
json::object
alert_value(const BranchAnalysis& analysis, const BranchAlert& alert, std::int64_t now);

// One of its branches: for documents that hold more.
json::object analysis_branch(const ShownAnalysis& shown);

json::object analysis_document(const std::vector<ShownAnalysis>& all, const AnalysisHead& head);

// Notes about single runs, as sentences with the series in front: the newest value is an outlier,
// a change that is not confirmed or no more than chance, runs that differ more than they did.
struct AnalysisNote {
    std::string kind; // outlier, candidate, chance, spread
    std::size_t line = 0;
    std::string text;
};

std::vector<AnalysisNote> analysis_notes(const BranchAnalysis& analysis);

// Steps that nobody has to be alarmed about and that say something of now: the newest of a series
// where it is to the better, or without a better and a worse; before it the step to the worse that
// it mended.
std::vector<std::pair<std::size_t, std::size_t>> calm_changes(const BranchAnalysis& analysis);

} // namespace assay::tracking
