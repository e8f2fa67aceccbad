// One run of `assay` or of Google Benchmark, and the figure that it puts first for each body.
//
//   std::map<std::string, double> figures = assay_headlines(sandbox, {"goals/alu"});
//
// Each starts processes of its own; one at a time.
#pragma once

#include "program.hpp"

#include <map>
#include <string>
#include <vector>

namespace goals {

// Medians in seconds: of `time` by case id, and of wall_time as "<id> wall". Throws
// std::runtime_error where the run failed, with what it said.
std::map<std::string, double> assay_headlines(const integration::Sandbox& sandbox,
                                              const std::vector<std::string>& filters);

// Seconds by "alu real", "alu cpu", "allocating real", "allocating cpu". Throws likewise.
std::map<std::string, double> google_benchmark_headlines(const integration::Sandbox& sandbox);

} // namespace goals
