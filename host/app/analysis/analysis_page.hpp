// `assay analyze`, as text and as a table for programs.
//
//   std::string text = analysis_text(shown);
//   std::string csv = analysis_table(shown).csv();
//
// Pure; callable from any thread.
#pragma once

#include "app/text_table.hpp"
#include "tracking/analysis_document.hpp"

#include <string>
#include <vector>

namespace assay::app {

// Platform by platform: alerts that are new, open or fixed just now; steps to the better; what
// drifts; when the machine moved; notes.
std::string analysis_text(const std::vector<tracking::ShownAnalysis>& all);

// One row for each step, drift, shift and note.
TextTable analysis_table(const std::vector<tracking::ShownAnalysis>& all);

} // namespace assay::app
