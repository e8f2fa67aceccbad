// What the analysis in a dashboard's document found, brought to the series and runs it is about.
//
//   read_findings(node["analysis"], branch);     // fills changes, drifts, alerts and shifts
//
// Pure.
#pragma once

#include "import_formats/json_tree.hpp"
#include "told_dashboard.hpp"

namespace dashboard_reporter {

// The runs and series of the branch have been read. What is about runs that are not shown is left
// out.
void read_findings(assay::import_formats::JsonNode analysis, ToldBranch& branch);

} // namespace dashboard_reporter
