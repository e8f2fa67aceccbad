// A run that the tests of every format export: one case with three samples of `time` in two
// launches and two figures without samples, and one case that crashed.
//
//   const ExportedRun told = told_run();
//   CHECK(bmf_text(told).left_out.count("samples") == 3);
//
// Each test makes its own.
#pragma once

#include "support/json.hpp"
#include "tracking/exports/exported_run.hpp"

#include <string>

namespace assay::test {

inline constexpr const char* kAdd = "sums/add[n=64]";

tracking::ExportedRun told_run();

// A figure without samples, of kAdd.
history::Point told_figure(const std::string& metric,
                           const std::string& unit,
                           measure::Direction direction,
                           double center);

// A run as the importer of that name leaves it: one case, whose suite is the importer's name.
tracking::ExportedRun imported_run(const std::string& importer, const std::string& family);

json::value parsed(const std::string& text);
[[nodiscard]] bool holds(std::string_view text, std::string_view part);

} // namespace assay::test
