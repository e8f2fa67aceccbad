// Runs for tests of PostgreSQL: small, whole, each with its own uuid.
//
//   store.record(postgres_run(7, kNovember));
//
// Pure.
#pragma once

#include "history/records.hpp"

#include <cstdint>
#include <string>

namespace assay::test {

// Midnight of 1 November 2026, UTC.
inline constexpr std::int64_t kNovember = 1'793'491'200'000'000'000;
inline constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000'000;

inline std::string uuid_of(int number) {
    const std::string digits = std::to_string(number);
    return "01930000-0000-7000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

inline history::Run postgres_run(int number, std::int64_t started, int points = 1) {
    history::Run run;
    run.uuid = uuid_of(number);
    run.started = started;
    run.platform = {.fingerprint = std::string(64, 'a'), .label = "here", .identity = {}};
    for (int i = 0; i < points; ++i) {
        history::Point point;
        point.series.case_id = "router/route[n=" + std::to_string(i) + "]";
        point.series.suite = "router";
        point.series.family = "route";
        point.series.metric = "time";
        point.series.unit = point.series.source_unit = "s";
        point.series.direction = measure::Direction::lower;
        point.series.platform = run.platform;
        point.figures = history::Figures{.center = 1.25e-6, .n = 3};
        point.samples.launch_medians = {1e-6, 1.25e-6, 1.5e-6};
        run.points.push_back(std::move(point));
    }
    return run;
}

} // namespace assay::test
