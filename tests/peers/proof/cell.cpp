#include "cell.hpp"

#include <algorithm>
#include <array>

namespace proof {

namespace {

// Identical builds: at most one in a hundred, and 95 % sure of at most five.
constexpr Goal kSilent{.alarms_max = 0.01, .alarms_high_max = 0.05};
constexpr Goal kSilentAndSame{.alarms_max = 0.01, .alarms_high_max = 0.05, .same_min = 0.90};
constexpr Goal kFifty{.alarms_max = 0.05, .found_min = 0.90};

// At the margin itself nothing can be decided, by design: +1 % is asked for with half a percent.
constexpr std::array<Cell, 11> kCells{{
    {"overhead", Kind::overhead, "", 0, 0, 0, {}},
    {"same_alu", Kind::same, "alu", 0, 10, 1, kSilent},
    {"same_allocating", Kind::same, "allocating", 0, 15, 1, kSilentAndSame},
    {"slower_alu_1", Kind::slower, "alu", 1, 5, 0.5, {}},
    {"slower_alu_2", Kind::slower, "alu", 2, 2, 1, {.found_min = 0.99}},
    {"slower_alu_5", Kind::slower, "alu", 5, 2, 1, {}},
    {"slower_allocating_1", Kind::slower, "allocating", 1, 60, 0.5, {}},
    {"slower_allocating_2", Kind::slower, "allocating", 2, 30, 1, {.found_min = 0.90}},
    {"slower_allocating_5", Kind::slower, "allocating", 5, 10, 1, {.found_min = 0.95}},
    {"fifty_alu_3", Kind::fifty, "alu", 3, 300, 1, kFifty},
    {"fifty_allocating_3", Kind::fifty, "allocating", 3, 300, 1, kFifty},
}};

} // namespace

std::span<const Cell> all_cells() noexcept {
    return kCells;
}

const Cell* cell_named(std::string_view name) noexcept {
    const auto found = std::ranges::find(kCells, name, &Cell::name);
    return found == kCells.end() ? nullptr : &*found;
}

std::string plugin_of(const Cell& cell, int percent) {
    return std::string(cell.kind == Kind::fifty ? "proof_fifty_" : "proof_") +
           std::string(cell.body) + "_" + std::to_string(percent);
}

} // namespace proof
