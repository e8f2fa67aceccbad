// The loop: wakes on a grid of deadlines and goes through six phases.
//
//   collect     modules are asked for their state, and waited for
//   publish     what they said is put on the board
//   decide      who decides is asked about the board, and waited for
//   apply       what was decided is put on the board: modules see it in the next cycle
//   emergency   whether something is wrong is asked, and waited for
//   telemetry   the cycle is written down
//
//   LoopLog log = run_loop(settings_at(10), clock, crew, [] { return false; });
//
// A cycle that takes too long is followed by the next point of the grid that is still to come:
// points between are skipped and counted, and never made up for. Throws std::invalid_argument where
// settings or crew make no sense. On the caller's thread; allocates nothing between cycles.
#pragma once

#include "coordination/crew.hpp"
#include "coordination/loop_clock.hpp"
#include "coordination/loop_log.hpp"
#include "coordination/loop_settings.hpp"

#include <functional>

namespace assay::coordination {

// From this on an answer of the emergency check counts as one.
inline constexpr double kEmergencyFrom = 1;

using StopQuestion = std::function<bool()>; // asked once a cycle

[[nodiscard]] LoopLog run_loop(const LoopSettings& settings,
                               LoopClock& clock,
                               Crew& crew,
                               const StopQuestion& is_stopped);

// The first fault of both, for who wants to refuse them before.
[[nodiscard]] std::optional<std::string> first_fault(const LoopSettings& settings,
                                                     const Crew& crew);

} // namespace assay::coordination
