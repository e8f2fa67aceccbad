// What the proof measures: one cell is a kind of comparison, made many times. The table is the
// contract of measurement.md's goals: names, budgets and what must be reached.
//
//   for (const Cell& cell : all_cells()) ...
//
// Constants; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace proof {

enum class Kind {
    overhead, // what an iteration costs, by the program of tests/peers/overhead
    same,     // identical builds: every verdict of slower or faster is an alarm
    slower,   // the new build takes `percent` more time
    fifty,    // fifty cases, one of them slower
};

// What a cell must reach, as shares of its comparisons. Not set: stated, not promised.
struct Goal {
    std::optional<double> alarms_max = {}; // and no more than alarms_high_max with 95 %
    std::optional<double> alarms_high_max = {};
    std::optional<double> same_min = {};
    std::optional<double> found_min = {};
};

struct Cell {
    std::string_view name;
    Kind kind;
    std::string_view body; // alu, allocating
    int percent;           // how much more time the new build takes
    double budget_s;       // --budget of assay compare
    double margin_percent; // --margin of assay compare
    Goal goal;
};

[[nodiscard]] std::span<const Cell> all_cells() noexcept;
[[nodiscard]] const Cell* cell_named(std::string_view name) noexcept;

// The name of the plugin that the cell's new build (or, with 0, its old one) comes from.
[[nodiscard]] std::string plugin_of(const Cell& cell, int percent);

} // namespace proof
