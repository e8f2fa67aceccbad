// A run with a history, as a gate sees it.
#pragma once

#include "stored_runs.hpp"
#include "verdict/gate_file.hpp"
#include "verdict/stored_gate.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace assay::verdict {

inline GateFile gates_of(const std::string& rules, const std::string& policy = "{}") {
    auto gates = parse_gate_file(
        R"({"schema":"assay.gates/1","policy":)" + policy + R"(,"rules":[)" + rules + "]}", "g");
    REQUIRE_MESSAGE(gates, (gates ? "" : gates.error().message));
    return *gates;
}

inline statistics::Summary today(double figure) {
    return statistics::summarise(
        std::vector<std::vector<double>>(6, std::vector<double>(6, figure)));
}

// A figure of this run, with the recorded runs of its series.
inline GateFigure figure_with(const std::string& key,
                              const std::string& unit,
                              bool higher,
                              double now,
                              const std::vector<double>& runs) {
    return {.key = key,
            .unit = unit,
            .higher_is_better = higher,
            .today = today(now),
            .stored = KnownSeries{.baseline = segment_over(runs)}};
}

inline GateCase
case_with(double now, const std::vector<double>& runs, const std::string& id = "s/f") {
    GateCase one;
    one.subject = {.id = id, .suite = "s", .family = "f"};
    one.figures = {figure_with("time", "s", false, now, runs)};
    return one;
}

inline GateLine
line_of_stored(const GateFile& gates, const GateCase& one, const StoredContext& context = {}) {
    const GateReport report = judge_stored(gates, {one}, context);
    REQUIRE(report.lines.size() == 1);
    return report.lines.front();
}

} // namespace assay::verdict
