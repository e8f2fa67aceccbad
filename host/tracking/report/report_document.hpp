// A report as a document: assay.report/1 (schemas/report.json), for whoever writes or reads it.
//
//   json::object document = report_document(make_report(shown, judged));
//
// Lists are bounded and say how much they left out. Pure; any thread.
#pragma once

#include "support/json.hpp"
#include "tracking/report/report.hpp"

namespace assay::tracking {

inline constexpr std::size_t kAchievementsTold = 20;
inline constexpr std::size_t kAlertsTold = 50;
inline constexpr std::size_t kAlertMembersTold = 5;

json::object report_document(const Report& report);

} // namespace assay::tracking
