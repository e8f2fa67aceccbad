// The two forms of gungraun's results, and what its counters mean.
//
//   row.metrics.push_back(counter("dhat", "Total bytes", 29499));      // "dhat.total_bytes", By
//
// Pure but for what goes to `out`.
#pragma once

#include <assay/importer.hpp>

#include <string_view>

namespace gungraun {

// `tool`: as it stands in the file; empty: callgrind. `name`: of the text or of a summary, which
// mean the same.
assay::imported_metric counter(std::string_view tool, std::string_view name, double value);

// What a summary begins with, for texts that have both.
bool holds_summaries(std::string_view bytes);
void parse_summaries(std::string_view bytes, assay::import_output& out);

bool holds_counters(std::string_view bytes);
void parse_text(std::string_view bytes, assay::import_output& out);

} // namespace gungraun
