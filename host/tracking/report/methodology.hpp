// How the figures of a report came about: statistic, baselines, test, detector, levels, as they
// were really used, in sentences.
//
//   for (const MethodNote& note : methodology(shown, series)) print(note.topic, note.text);
//
// Pure; any thread.
#pragma once

#include "tracking/report/report_series.hpp"

#include <span>
#include <string>
#include <vector>

namespace assay::tracking {

struct MethodNote {
    std::string topic, text;
};

[[nodiscard]] std::vector<MethodNote> methodology(const Dashboard& dashboard,
                                                  std::span<const ReportSeries> series);

} // namespace assay::tracking
