// What must hold of a loop and its modules before one is run by the clock on the wall.
//
//   check_deadlines(plan.settings);
//   answers += check_modules(setup);
//
// Throws assay::wrong_result with what was found and expected. Simulated time, but for the modules'
// threads, which are given all the time they want.
#pragma once

#include "coordination/loop_settings.hpp"
#include "module_list.hpp"

#include <cstdint>

namespace assay::coordination_suite {

// At this period: nine tenths of it as load make no drift; an overrun of two and a half costs two
// points and one miss and leaves the grid where it was; a silent module costs its time-out.
void check_deadlines(const coordination::LoopSettings& settings);

// Modules on threads answer as the same modules asked one by one, and as their slow references do.
// Returns how many answers were compared.
[[nodiscard]] std::uint64_t check_modules(const ModuleSetup& setup);

} // namespace assay::coordination_suite
